/// What a command works with.
enum ContextRequirement {
    case database
    case nothing
    /// The settings themselves, including those that make no sense.
    case settings
    /// Everything; settings that make no sense are reported instead of failing the command.
    case diagnosis
}
