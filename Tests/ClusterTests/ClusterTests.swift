import Testing

/// Three real nodes that are killed, frozen and cut off while the program works; one cluster for all of it, and one test at a
/// time. The short form is a part of all tests; `Tests/storm` runs the long one.
@Suite("Three nodes of a Galera cluster", .serialized)
struct ClusterTests {}
