package import ErrorModel

/// Why a database URL is refused. It never repeats a part of the URL, which may be a password.
package enum DatabaseURLError: Diagnosable, Equatable {
    case unknownScheme
    case emptyPath
    /// `sqlite::memory:`
    case inMemory
    /// `sqlite:file:…`
    case fileURI
    case missingSchema
    case passwordInURL
    case badUser
    case badHost
    case badSchema
    case badPort
    /// With the name of the part.
    case badEscape(String)
    /// By its position after the question mark, from 1.
    case unknownParameter(position: Int)
    case badTLSMode
    case missingCA

    package var text: DisplayText {
        switch self {
        case .unknownScheme: "the database URL begins with neither sqlite: nor mariadb://"
        case .emptyPath: "the database URL names no file after sqlite:"
        case .inMemory: "the database URL names SQLite's memory, where nothing is kept once the program ends"
        case .fileURI: "the database URL has a URI after sqlite:, and what belongs there is a path"
        case .missingSchema: "the database URL names no schema after the host"
        case .passwordInURL: "the database URL holds a password, which every user of this machine can read there"
        case .badUser: "the database URL's user is not a name of letters, digits and _ . - $ + (and @, written %40)"
        case .badHost: "the database URL's host is neither a name nor an address"
        case .badSchema:
            "the database URL's schema has a character that no schema's name has there: / @ : # or a control"
        case .badPort: "the database URL's port is not a number from 1 to 65535"
        case .badEscape(let part): "the database URL's \(part) has a broken %-escape"
        case .unknownParameter(let position):
            "the database URL's parameter number \(position) is unknown; there are socket, tls and tls-ca"
        case .badTLSMode:
            "the database URL's tls mode is unknown; there are \(MariaDBURL.TLS.allCases.map(\.rawValue).joined(separator: ", "))"
        case .missingCA:
            "the database URL asks for tls=verify-ca and names no CA: with every public one any server would do"
        }
    }

    package var category: ErrorCategory { .configuration }

    package var remedy: Remedy? {
        switch self {
        case .unknownScheme, .emptyPath, .missingSchema, .badPort, .badEscape, .badHost, .badSchema:
            .text("Write sqlite:PATH or mariadb://user@host:port/schema")
        case .inMemory: .text("Name a file: sqlite:PATH; for one that has this very name, sqlite:./:memory:")
        case .fileURI: .text("Write the path alone: sqlite:PATH; for a file whose name begins so, sqlite:./file:NAME")
        case .passwordInURL: .handOverPassword(first: "Take it out, change it")
        case .badUser: .text("Leave it out, and give such a name as user=NAME in a MariaDB option file")
        case .missingCA: .text("Add tls-ca=FILE, or use tls=verify-full")
        case .unknownParameter, .badTLSMode: nil
        }
    }
}
