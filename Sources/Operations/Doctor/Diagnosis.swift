package import ErrorModel

/// One finding of `doctor`.
package struct Diagnosis {
    /// How serious a finding is; the raw value is its name in JSON.
    package enum Level: String {
        case ok
        /// Worth knowing; nothing fails for it.
        case note
        /// A run would fail for it, or readers would get something wrong.
        case broken
    }

    /// What was checked, in a word or two.
    package let topic: String
    package let level: Level
    /// What was found.
    package let found: DisplayText
    /// What fixes it; nil where there is nothing to fix, or nothing better is known than what was found.
    package let remedy: Remedy?
    /// What a run would fail with for this; nil for what is not broken.
    package let category: ErrorCategory?

    private init(_ topic: String, _ level: Level, _ found: DisplayText, _ remedy: Remedy?, _ category: ErrorCategory?) {
        self.topic = topic
        self.level = level
        self.found = found
        self.remedy = remedy
        self.category = category
    }

    static func ok(_ topic: String, _ found: DisplayText) -> Diagnosis {
        Diagnosis(topic, .ok, found, nil, nil)
    }

    static func note(_ topic: String, _ found: DisplayText, fix remedy: Remedy? = nil) -> Diagnosis {
        Diagnosis(topic, .note, found, remedy, nil)
    }

    static func broken(
        _ topic: String, _ found: DisplayText, fix remedy: Remedy?, _ category: ErrorCategory = .failed
    ) -> Diagnosis {
        Diagnosis(topic, .broken, found, remedy, category)
    }

    /// An error as a finding.
    static func broken(_ topic: String, _ error: any Error) -> Diagnosis {
        let category = ErrorCategory(of: error)
        let remedy = Remedy(for: error) ?? (category == .configuration ? .reviewConfiguration : nil)
        return Diagnosis(topic, .broken, DisplayText(of: error), remedy, category)
    }

    /// What is found of each right that a run lacks; of several there is a text of their own.
    static let oneRight: DisplayText = "a right is missing"

    /// The diagnoses as they are reported: all missing rights in one, with all the statements, instead of once more for every
    /// check that they made fail.
    package static func merged(_ diagnoses: [Diagnosis]) -> [Diagnosis] {
        let missing = diagnoses.filter { $0.topic == "rights" && $0.level == .broken }
        guard let first = missing.first else { return diagnoses }
        let statements = missing.flatMap(\.statements)
        let isPlural = statements.contains { $0.contains(", ") } || missing.count > 1
        let sum = Diagnosis.broken(
            first.topic, isPlural && first.found.string == oneRight.string ? "rights are missing" : first.found,
            fix: statements.isEmpty ? first.remedy : .giveRights(statements), .permission)
        var merged: [Diagnosis] = []
        for diagnosis in diagnoses {
            if diagnosis.topic == first.topic {
                if !merged.contains(where: { $0.topic == first.topic }) { merged.append(sum) }
            } else if diagnosis.category != sum.category {
                merged.append(diagnosis)
            }
        }
        return merged
    }

    private var statements: [String] {
        switch remedy {
        case .giveRights(let commands)?: commands
        case .grant(let statement, _)?: [statement + ";"]
        default: []
        }
    }
}
