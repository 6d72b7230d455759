/// A value that cannot be understood, before it is known where it came from.
package struct BadValue: Error, CustomStringConvertible {
    package let description: String
}
