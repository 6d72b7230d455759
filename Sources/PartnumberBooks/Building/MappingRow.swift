/// One row of `lot_partnumbers`: a view, valid only while it is handed over.
struct MappingRow {
    let vendor: UnsafeRawBufferPointer
    let partnumber: UnsafeRawBufferPointer
    /// Nil for NULL.
    let lot: UnsafeRawBufferPointer?
    let description: UnsafeRawBufferPointer?
    let isPrimary: Bool
}
