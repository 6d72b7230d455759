/// The fixed parts of a workbook, as Office Open XML has them (ECMA-376).
enum WorkbookParts {
    private static let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let packages = "http://schemas.openxmlformats.org/package/2006"
    private static let type = "application/vnd.openxmlformats-officedocument"

    /// Says that the file is ours, uncompressed and at its beginning.
    static let application =
        head + #"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">"#
        + "<Application>pnbook</Application></Properties>"

    static let relationships =
        head + #"<Relationships xmlns="\#(packages)/relationships">"#
        + #"<Relationship Id="rId1" Type="\#(relations)/officeDocument" Target="xl/workbook.xml"/>"#
        + #"<Relationship Id="rId2" Type="\#(relations)/extended-properties" Target="docProps/app.xml"/></Relationships>"#

    /// Style 1 is a text, whatever it looks like, and stays one when it is typed again; style 2 the same in bold.
    static let styles =
        head + #"<styleSheet xmlns="\#(main)">"#
        + #"<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>"#
        + #"<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>"#
        + #"<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"#
        + #"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>"#
        + #"<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#
        + #"<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#
        + #"<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>"#
        + #"<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#

    /// What comes before a sheet's rows: the first stays in view, and the columns are wide enough for what is usual in them.
    ///
    /// - Parameter number: from 1.
    static func sheetHead(_ number: Int) -> String {
        let widths = [32, 32, 14, 70]
        let columns = widths.enumerated().map {
            #"<col min="\#($0.offset + 1)" max="\#($0.offset + 1)" width="\#($0.element)" style="1" customWidth="1"/>"#
        }
        return head + #"<worksheet xmlns="\#(main)"><sheetViews><sheetView"# + (number == 1 ? #" tabSelected="1""# : "")
            + #" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>"#
            + #"</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>\#(columns.joined())</cols><sheetData>"#
    }

    /// Excel would mark every text that looks like a number.
    static let sheetEnd =
        #"</sheetData><ignoredErrors><ignoredError sqref="A1:D1048576" numberStoredAsText="1"/></ignoredErrors></worksheet>"#

    /// - Parameter names: of the sheets.
    static func workbook(_ names: [String]) -> String {
        let sheets = names.enumerated().map {
            #"<sheet name="\#($0.element)" sheetId="\#($0.offset + 1)" r:id="rId\#($0.offset + 1)"/>"#
        }
        return head
            + #"<workbook xmlns="\#(main)" xmlns:r="\#(relations)"><bookViews><workbookView/></bookViews><sheets>"#
            + sheets.joined() + "</sheets></workbook>"
    }

    static func workbookRelationships(_ sheets: Int) -> String {
        let all = (1...sheets).map {
            #"<Relationship Id="rId\#($0)" Type="\#(relations)/worksheet" Target="worksheets/sheet\#($0).xml"/>"#
        }
        return head + #"<Relationships xmlns="\#(packages)/relationships">"# + all.joined()
            + #"<Relationship Id="rId\#(sheets + 1)" Type="\#(relations)/styles" Target="styles.xml"/></Relationships>"#
    }

    static func contentTypes(_ sheets: Int) -> String {
        let all = (1...sheets).map {
            #"<Override PartName="/xl/worksheets/sheet\#($0).xml" ContentType="\#(type).spreadsheetml.worksheet+xml"/>"#
        }
        return head + #"<Types xmlns="\#(packages)/content-types">"#
            + #"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#
            + #"<Default Extension="xml" ContentType="application/xml"/>"#
            + #"<Override PartName="/xl/workbook.xml" ContentType="\#(type).spreadsheetml.sheet.main+xml"/>"#
            + all.joined()
            + #"<Override PartName="/xl/styles.xml" ContentType="\#(type).spreadsheetml.styles+xml"/>"#
            + #"<Override PartName="/docProps/app.xml" ContentType="\#(type).extended-properties+xml"/></Types>"#
    }
}
