/// One item of a book, ready to be stored: a view, valid only while it is handed over.
package struct BookItem {
    package let partnumber: UnsafeRawBufferPointer
    package let lot: UnsafeRawBufferPointer
    package let isPrimary: Bool
    package let description: UnsafeRawBufferPointer?
}
