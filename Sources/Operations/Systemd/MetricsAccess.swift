import Database
import ErrorModel
import FoundationEssentials

/// Whether the service's user may write the metrics.
struct MetricsAccess {
    private let file: String
    /// Nil for systemd's `DynamicUser`.
    private let user: String?

    /// - Parameter file: by its full path.
    init(of file: String, by user: String?) {
        self.file = file
        self.user = user
    }

    /// Why they will not be written, with what to do; nil where they will be, or where that cannot be known.
    var problem: DisplayText? {
        guard FolderAccess.mayReplace(file, user: user) == false else { return nil }
        let folder = file.folderPath
        guard let user else {
            return
                "the service runs as a user of systemd's making (DynamicUser), who may not write the metrics \(file); name one who "
                + "may: adduser --system --group pnbook, chgrp pnbook \(folder), chmod g+w \(folder), and let the service run as "
                + "that user"
        }
        return
            "the service runs as \(user), who may not write the metrics \(file); for example: chgrp $(id -gn \(user)) \(folder) "
            + "&& chmod g+w \(folder)"
    }
}
