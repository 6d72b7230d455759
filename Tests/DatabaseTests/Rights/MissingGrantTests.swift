import Testing

@testable import DatabaseMariaDB

/// Servers' own words, and the statement that is read out of them.
@Suite("GRANTs read out of refusals")
struct MissingGrantTests {
    @Test(
        "The right, the table and the user are taken as the server wrote them",
        arguments: [
            // 10.6 to 11.8, with the schema.
            (
                "SELECT command denied to user 'ann'@'localhost' for table `shop`.`lot`",
                "GRANT SELECT ON `shop`.`lot` TO 'ann'@'localhost'"
            ),
            (
                "INSERT, CREATE command denied to user 'ann'@'%' for table `shop`.`lot`",
                "GRANT INSERT, CREATE ON `shop`.`lot` TO 'ann'@'%'"
            ),
            (
                "CREATE VIEW command denied to user 'ann'@'10.0.0.%' for table `shop`.`seen`",
                "GRANT CREATE VIEW ON `shop`.`seen` TO 'ann'@'10.0.0.%'"
            ),
            // Older lines, without it.
            (
                "DELETE command denied to user 'ann'@'localhost' for table 'lot'",
                "GRANT DELETE ON `lot` TO 'ann'@'localhost'"
            ),
            (
                "SELECT command denied to user 'ann'@'localhost' for column 'note' in table 'lot'",
                "GRANT SELECT (`note`) ON `lot` TO 'ann'@'localhost'"
            ),
            // Names are anybody's.
            (
                "DELETE command denied to user 'ann lee'@'localhost' for table `my shop`.`two words`",
                "GRANT DELETE ON `my shop`.`two words` TO 'ann lee'@'localhost'"
            ),
            (
                "DELETE command denied to user 'table'@'localhost' for table `shop`.`it's`",
                "GRANT DELETE ON `shop`.`it's` TO 'table'@'localhost'"
            ),
            (
                "SELECT command denied to user ''@'localhost' for table `shop`.`command`",
                "GRANT SELECT ON `shop`.`command` TO ''@'localhost'"
            ),
            (
                "Access denied for user 'ann'@'localhost' to database 'shop'",
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON `shop`.* "
                    + "TO 'ann'@'localhost'"
            ),
            (
                "Access denied for user 'ann'@'%' to database 'price_forge 100%'",
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON "
                    + "`price\\_forge 100\\%`.* TO 'ann'@'%'"
            ),
        ])
    func statements(message: String, statement: String) {
        #expect(MissingGrant(message)?.statement == statement)
    }

    @Test(
        "No statement is made up where the server does not say enough",
        arguments: [
            "", "Access denied for user 'ann'@'localhost' (using password: YES)",
            "Access denied for user 'root'@'localhost'",
            "Access denied; you need (at least one of) the SUPER privilege(s) for this operation",
            "Access denied; you need (at least one of) the SUPER, READ_ONLY ADMIN privilege(s) for this operation",
            "execute command denied to user 'ann'@'localhost' for routine 'shop.refill'",
            "SHOW command denied to user 'ann'@'localhost' for table `shop`.`lot`",
            "ANY command denied to user 'ann'@'localhost' for table `shop`.`lot`",
            "Table 'shop.lot' doesn't exist", "command denied to user",
            "SELECT command denied to user 'ann'@'localhost'",
        ])
    func nothing(message: String) {
        #expect(MissingGrant(message)?.statement == nil)
    }
}
