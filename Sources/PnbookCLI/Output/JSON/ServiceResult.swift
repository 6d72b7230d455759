import ErrorModel
import Operations

/// The result of `service`.
struct ServiceResult: CommandResult {
    let units: UnitFiles
    /// The folder that the units were written to; nil if they are printed.
    let folder: String?

    private enum Key: CodingKey {
        case service, timer, socket, warnings
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(units.text(of: ".service"), forKey: .service)
        try container.encode(units.text(of: ".timer"), forKey: .timer)
        try container.encode(units.text(of: ".socket"), forKey: .socket)
        try container.encode(units.warnings, forKey: .warnings)
    }

    var isProse: Bool { folder != nil }

    func text(_ style: TextStyle) -> DisplayText {
        if folder != nil {
            return
                "Written: \(units.names[0]) and \(units.names[1]). Now run: systemctl daemon-reload && systemctl enable --now "
                + "\(units.starter)\n"
        }
        // No value in a unit has a line break or another hidden scalar.
        return units.files.map { "# \($0.name)\n\(DisplayText.verbatim($0.text))" }.joined(separator: "\n")
    }
}
