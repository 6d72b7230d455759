import ErrorModel
import Operations

/// The result of `service`.
struct ServiceResult: CommandResult {
    let units: SystemdUnits
    /// The folder that the units were written to; nil if they are printed.
    let folder: String?

    private enum Key: CodingKey {
        case service, timer, warnings
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(units.service, forKey: .service)
        try container.encode(units.timer, forKey: .timer)
        try container.encode(units.warnings, forKey: .warnings)
    }

    var isProse: Bool { folder != nil }

    func text(_ style: TextStyle) -> DisplayText {
        if folder != nil {
            return
                "Written: pnbook.service and pnbook.timer. Now run: systemctl daemon-reload && systemctl enable --now "
                + "pnbook.timer\n"
        }
        // No value in a unit has a line break or another hidden scalar.
        return "# pnbook.service\n\(DisplayText.verbatim(units.service))\n# pnbook.timer\n" + .verbatim(units.timer)
    }
}
