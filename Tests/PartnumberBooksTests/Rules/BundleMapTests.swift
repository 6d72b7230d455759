import ErrorModel
import Testing

@testable import PartnumberBooks

@Suite("Bundles")
struct BundleMapTests {
    private func expansion(_ map: BundleMap, _ lot: String) throws -> BundleMap.Expansion? {
        var lot = lot
        return try lot.withUTF8 { try map.expansion(of: UnsafeRawBufferPointer($0)) }
    }

    @Test("Bundles nested a hundred thousand deep are followed without a deep stack")
    func deep() throws {
        let map = BundleMap()
        let depth = 100_000
        for level in 0..<depth { map.insert(component: "K\(level + 1)", quantity: 1, of: "K\(level)") }
        #expect(try expansion(map, "k0")?.lots == ["K\(depth)"])
    }

    @Test("Ways that multiply without end are counted to the end of numbers")
    func saturated() throws {
        let map = BundleMap()
        for level in 0..<100 {
            map.insert(component: "L\(level)", quantity: 1, of: "K\(level)")
            map.insert(component: "R\(level)", quantity: 1, of: "K\(level)")
            map.insert(component: "K\(level + 1)", quantity: 1, of: "L\(level)")
            map.insert(component: "K\(level + 1)", quantity: 1, of: "R\(level)")
        }
        let found = try #require(try expansion(map, "K0"))
        #expect(found.lots == ["K100"])
        #expect(found.paths == .max)
    }

    @Test("A cycle is named whole, from its smallest name, wherever it is entered")
    func cycle() throws {
        let map = BundleMap()
        map.insert(component: "ring-b", quantity: 1, of: "ENTRY")
        map.insert(component: "RING-C", quantity: 1, of: "RING-B")
        map.insert(component: "RING-A", quantity: 1, of: "RING-C")
        map.insert(component: "RING-B", quantity: 1, of: "RING-A")
        for entry in ["ENTRY", "RING-A", "RING-B", "RING-C"] {
            let error = #expect(throws: BundleCycle.self) { try expansion(map, entry) }
            #expect(error?.description == "RING-A → RING-B → RING-C → RING-A")
        }
    }

    @Test("A LOT that is no bundle has no expansion, a declared bundle without components an empty one")
    func empty() throws {
        let map = BundleMap()
        map.insert(bundle: "Kit")
        map.insert(component: " ", quantity: 2, of: "Kit")
        #expect(try expansion(map, "LOT") == nil)
        let kit = try #require(try expansion(map, "KIT"))
        #expect(kit.lots == [])
        #expect(!kit.losesQuantity)
    }
}
