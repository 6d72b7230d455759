import ErrorModel
import Operations

/// Units of systemd by their files' names: a service, and what starts it.
struct UnitFiles {
    let files: [(name: String, text: String, mark: FileMark)]
    let warnings: [DisplayText]
    /// The unit that is enabled.
    let starter: String

    init(_ units: SystemdUnits) {
        files = [("pnbook.service", units.service, .service), ("pnbook.timer", units.timer, .timer)]
        warnings = units.warnings
        starter = "pnbook.timer"
    }

    init(_ units: WebUnits) {
        files = [
            ("pnbook-web.service", units.service, .webService), ("pnbook-web.socket", units.socket, .webSocket),
        ]
        warnings = units.warnings
        starter = "pnbook-web.socket"
    }

    var names: [String] { files.map(\.name) }

    /// The text of the unit with that ending; nil where there is none.
    func text(of ending: String) -> String? { files.first { $0.name.hasSuffix(ending) }?.text }
}
