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
    /// Of several hosts, by their positions from 1: one that is neither a name nor an address.
    case badHostInList(position: Int)
    case badPortInList(position: Int)
    /// Nothing between two commas, or before or after one.
    case missingHost(position: Int)
    /// The same server once more.
    case repeatedHost(position: Int)
    /// A user before more than one of several hosts.
    case severalUsers
    /// A socket beside several hosts.
    case socketForHosts
    /// With the name of the part.
    case badEscape(String)
    /// By its position after the question mark, from 1.
    case unknownParameter(position: Int)
    case badTLSMode
    case badReplicaMode
    case missingCA

    /// The same error of one of several hosts.
    func inList(at position: Int) -> DatabaseURLError {
        switch self {
        case .badHost: .badHostInList(position: position)
        case .badPort: .badPortInList(position: position)
        case .badEscape: .badEscape("host \(position)")
        default: self
        }
    }

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
        case .badHostInList(let position):
            "the database URL's host number \(position) is neither a name nor an address"
        case .badPortInList(let position):
            "the port of the database URL's host number \(position) is not a number from 1 to 65535"
        case .missingHost(let position):
            "the database URL's host number \(position) is empty: a comma is missing its host"
        case .repeatedHost(let position): "the database URL's host number \(position) is one that it names before"
        case .severalUsers: "the database URL names a user before more than one of its hosts"
        case .socketForHosts: "the database URL names a socket beside several hosts, and a socket is one server's"
        case .badEscape(let part): "the database URL's \(part) has a broken %-escape"
        case .unknownParameter(let position):
            "the database URL's parameter number \(position) is unknown; there are socket, tls, tls-ca and replica"
        case .badTLSMode:
            "the database URL's tls mode is unknown; there are \(MariaDBURL.TLS.allCases.map(\.rawValue).joined(separator: ", "))"
        case .badReplicaMode: "the database URL's replica is unknown; there is replica=write"
        case .missingCA:
            "the database URL asks for tls=verify-ca and names no CA: with every public one any server would do"
        }
    }

    package var category: ErrorCategory { .configuration }

    package var remedy: Remedy? {
        switch self {
        case .unknownScheme, .emptyPath, .missingSchema, .badPort, .badEscape, .badHost, .badSchema:
            .text("Write sqlite:PATH or mariadb://user@host:port/schema")
        case .badHostInList, .badPortInList, .missingHost, .repeatedHost, .severalUsers:
            .text("Write the user once and each host once: mariadb://user@host1,host2:3307,[::1]:3306/schema")
        case .socketForHosts: .text("Leave out the socket, or name the one host that has it")
        case .inMemory: .text("Name a file: sqlite:PATH; for one that has this very name, sqlite:./:memory:")
        case .fileURI: .text("Write the path alone: sqlite:PATH; for a file whose name begins so, sqlite:./file:NAME")
        case .passwordInURL: .handOverPassword(first: "Take it out, change it")
        case .badUser: .text("Leave it out, and give such a name as user=NAME in a MariaDB option file")
        case .missingCA: .text("Add tls-ca=FILE, or use tls=verify-full")
        case .unknownParameter, .badTLSMode, .badReplicaMode: nil
        }
    }
}
