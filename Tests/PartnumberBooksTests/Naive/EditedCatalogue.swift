import Harness

/// A catalogue as it may be a day later.
enum EditedCatalogue {
    /// Some rows gone, some with another LOT, description or flag, and some new ones.
    static func make(of model: CatalogueModel, seed: UInt64) -> CatalogueModel {
        var random = SplitMix64(seed: seed)
        var edited = model
        edited.mappings.removeAll { _ in Int.random(in: 0..<10, using: &random) == 0 }
        for index in edited.mappings.indices {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: edited.mappings[index].lot = "LOT of another day"
            case 1: edited.mappings[index].description = "described on another day"
            case 2: edited.mappings[index].isPrimary.toggle()
            default: break
            }
        }
        for number in 0..<Int.random(in: 0..<4, using: &random) {
            edited.mappings.append(
                .init(vendor: "new", partnumber: "NEW-\(number)", lot: "L", description: nil, isPrimary: true))
        }
        return edited
    }
}
