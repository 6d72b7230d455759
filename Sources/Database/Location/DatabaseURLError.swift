package import ErrorModel

/// Why a database URL is refused. It never repeats the URL, which may contain a password.
package enum DatabaseURLError: Diagnosable, Equatable {
    case unknownScheme
    case emptyPath
    case memory
    case fileURI
    case missingSchema
    case passwordInURL
    case badPort(String)
    case badEscape(String)
    case unknownParameter(String)
    case badTLSMode(String)
    case missingCA

    package var description: String {
        switch self {
        case .unknownScheme: "the database URL begins with neither sqlite: nor mariadb://"
        case .emptyPath: "the database URL names no file after sqlite:"
        case .memory: "the database URL names SQLite's :memory:, in which nothing is kept"
        case .fileURI: "the database URL has a URI after sqlite:, which takes a path"
        case .missingSchema: "the database URL names no schema after the host"
        case .passwordInURL: "the database URL holds a password, which every user of this machine can read there"
        // Not repeated either: in user:password/schema, with the host forgotten, it is the password.
        case .badPort: "the database URL's port is not a number from 1 to 65535"
        case .badEscape(let part): "the database URL's \(part) has a broken %-escape"
        case .unknownParameter(let name):
            "the database URL's parameter '\(name)' is unknown; there are socket, tls and tls-ca"
        case .badTLSMode(let mode):
            "the database URL's tls mode '\(mode)' is unknown; there are "
                + MariaDBURL.TLS.allCases.map(\.rawValue).joined(separator: ", ")
        case .missingCA:
            "the database URL asks for tls=verify-ca and names no CA: with every public one any server would do"
        }
    }

    package var category: ErrorCategory { .configuration }

    package var remedy: Remedy? {
        switch self {
        case .unknownScheme, .emptyPath, .memory, .fileURI, .missingSchema, .badPort, .badEscape:
            .text("Write sqlite:PATH or mariadb://user@host:port/schema")
        case .passwordInURL: .handOverPassword(first: "Take it out, change it")
        case .missingCA: .text("Add tls-ca=FILE, or use tls=verify-full")
        case .unknownParameter, .badTLSMode: nil
        }
    }
}
