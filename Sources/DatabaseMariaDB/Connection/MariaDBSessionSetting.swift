import ErrorModel

/// One session variable that statements of ours rely on, whatever the server's administrator has set for other programs.
///
/// The list is the only one of a session's settings. It is sent when a connection opens, so that nothing depends
/// on global values, on `init_connect`, or on what a proxy has left in a pooled connection.
struct MariaDBSessionSetting {
    /// Its names on the supported lines, the preferred one first: the first that the server has is set.
    let names: [String]
    /// As it is written in a SET statement.
    let value: String
    /// What would go wrong with another value.
    let reason: DisplayText
    /// What the server must say when it is asked afterwards, for a setting that would make a book wrong without an error.
    let readBack: String?

    private init(
        _ names: [String], _ value: String, _ reason: DisplayText, readBack: String? = nil
    ) {
        self.names = names
        self.value = value
        self.reason = reason
        self.readBack = readBack
    }

    /// Those that every supported server has (10.6 and newer).
    static func everywhere(_ options: MariaDBOptions) -> [MariaDBSessionSetting] {
        cutShort + killed(options) + refused + meaning
    }

    // MARK: What a statement returns

    private static let cutShort: [MariaDBSessionSetting] = [
        .init(
            ["sql_select_limit"], "18446744073709551615", "every SELECT ends after so many rows, without an error",
            readBack: "18446744073709551615"),
        .init(
            ["system_versioning_asof"], "DEFAULT", "SELECTs of a system-versioned table would read its past"),
        .init(["sql_auto_is_null"], "0", "'id IS NULL' would find the row inserted last", readBack: "0"),
        .init(["max_sort_length"], "16384", "ORDER BY compares no more than so many bytes of a text"),
        .init(["sort_buffer_size"], "2097152", "ORDER BY would be refused for a row longer than that (1038)"),
        .init(["group_concat_max_len"], "4194304", "GROUP_CONCAT cuts its result there"),
        .init(["sql_buffer_result"], "0", "a result would be kept in a temporary table before its first row comes"),
        .init(
            ["sql_quote_show_create"], "1", "names in a view's definition could not be told from words without quotes"),
        .init(["lc_messages"], "'en_US'", "errors are told apart by their text where one number has several meanings"),
    ]

    // MARK: What a statement is refused for

    private static let refused: [MariaDBSessionSetting] = [
        .init(["sql_big_selects"], "1", "a SELECT of more than max_join_size rows would be refused (1104)"),
        .init(["sql_safe_updates"], "0", "an UPDATE or DELETE without a key would be refused (1175)", readBack: "0"),
        .init(["foreign_key_checks"], "1", "an item without a book would be accepted", readBack: "1"),
        .init(["unique_checks"], "1", "InnoDB may accept a key twice", readBack: "1"),
        .init(["check_constraint_checks"], "1", "a description may be longer than clients hold", readBack: "1"),
        .init(["innodb_strict_mode"], "1", "an option that a new table cannot have would be dropped without an error"),
    ]

    // MARK: What ends a statement or a connection

    private static func killed(_ options: MariaDBOptions) -> [MariaDBSessionSetting] {
        let idle = String(options.idleTransactionTimeout)
        return [
            .init(["max_statement_time"], "0", "a statement is ended after so many seconds (1969)", readBack: "0"),
            .init(
                ["lock_wait_timeout"], String(options.lockWaitTimeout), "how long a statement waits for a table"),
            .init(
                ["innodb_lock_wait_timeout"], String(options.lockWaitTimeout), "how long a statement waits for a row"),
            .init(["wait_timeout"], String(options.idleTimeout), "an idle connection is closed"),
            .init(["net_read_timeout"], "120", "a batch that arrives slowly is treated as a lost client"),
            .init(["net_write_timeout"], "600", "a reader that pauses is treated as a lost one"),
            .init(["idle_transaction_timeout"], idle, "an idle open transaction ends the connection"),
            .init(["idle_readonly_transaction_timeout"], idle, "the same for a snapshot, which has a limit of its own"),
            .init(["idle_write_transaction_timeout"], idle, "the same for a transaction that has written"),
            .init(["max_session_mem_used"], "9223372036854775807", "a statement ends beyond so much memory"),
            .init(["tmp_disk_table_size"], "18446744073709551615", "a temporary table ends a statement at that size"),
        ]
    }

    // MARK: What a statement means

    private static let meaning: [MariaDBSessionSetting] = [
        .init(
            ["sql_mode"], "'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
            "texts would be cut, other engines chosen and quotes read otherwise without an error"),
        .init(["old_mode"], "''", "older behaviour would come back"),
        .init(["time_zone"], "'+00:00'", "a TIMESTAMP is shown in the session's zone"),
        .init(["autocommit"], "1", "a statement outside of a transaction would wait for a COMMIT", readBack: "1"),
        .init(
            ["completion_type"], "0", "COMMIT would begin another transaction, or close the connection",
            readBack: "NO_CHAIN"),
        .init(["sql_if_exists"], "0", "DDL would skip what it is to change"),
    ]

    // MARK: What only some servers have

    /// Those that depend on the server's line or on how it was built: set where the server has them.
    static let optional: [MariaDBSessionSetting] = [
        .init(
            ["transaction_isolation", "tx_isolation"], "'READ-COMMITTED'",
            "a write would lock rows that it only passes; where the binary log is written by statement, another is set"),
        .init(
            ["transaction_read_only", "tx_read_only"], "0", "every write would be refused (1792)"),
        .init(
            ["wsrep_sync_wait"], "15", "a cluster's node would not know what another one has committed"),
        .init(
            ["wsrep_osu_method"], "'TOI'", "a changed table would stay on this node of a cluster"),
        .init(["wsrep_dirty_reads"], "0", "a node outside its cluster would answer with old rows"),
        .init(
            ["innodb_snapshot_isolation"], "0",
            "a write would wait for rows that do not match, and fail for rows changed since it began (11.6.2 and newer)"
        ),
        .init(
            ["character_set_collations"], "''", "a character set without a collation would mean another one (11.3)"),
        .init(
            ["alter_algorithm"], "'DEFAULT'", "an ALTER that needs a copy would be refused (1846)"),
        .init(["query_cache_type"], "0", "results of a million rows would be cached in vain"),
        .init(
            ["new_mode"], "'FIX_INDEX_LOOKUP_COST'",
            "one book of adopted tables with long VARCHARs would be read by a scan of all books (MDEV-38164; 11.8.9)"),
    ]
}
