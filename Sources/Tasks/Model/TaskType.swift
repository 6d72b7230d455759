/// The types of this program's tasks. The same table may hold the host's own types.
package enum TaskType: String, Sendable {
    case create = "partnumber_book_create"
    case retention = "partnumber_book_retention"
    case activate = "partnumber_book_activate"
    case migrate = "schema_migrate"
    case load = "catalogue_load"
}
