/// How a node of a ``GaleraCluster`` gets the state of another one on the same machine: Galera's protocol with its transfer
/// scripts, around a plain copy of the files. Where a node has missed little, only the position is handed over, and it gets the
/// rest by itself (IST).
enum StateTransfer {
    /// Writes the script where the servers will look for it, and returns the option that names it.
    static func install(in folder: ScratchFolder) throws -> String {
        try folder.write(script, to: "wsrep_sst_copy", mode: 0o755)
        return "--wsrep-sst-method=copy"
    }

    /// The server, told to, writes nothing to its files until it is told to go on.
    private static let script = """
        #!/bin/bash
        set -eu
        bypass=
        while [ "$#" -gt 0 ]; do
            case "$1" in
            --role) role=$2; shift ;;
            --address) address=$2; shift ;;
            --datadir) data=${2%/}; shift ;;
            --gtid) position=$2; shift ;;
            --bypass) bypass=yes ;;
            esac
            shift
        done
        await() { for _ in $(seq 1200); do [ ! -e "$1" ] || return 0; sleep 0.05; done; return 62; }
        if [ "$role" = joiner ]; then
            rm -f "$data/../position"
            echo "ready 127.0.0.1:1$data"
            await "$data/../position"
            cat "$data/../position"
            exit
        fi
        target=/${address#*/}
        if [ -z "$bypass" ]; then
            rm -f "$data/tables_flushed"
            echo "flush tables"
            await "$data/tables_flushed"
            cd "$data"
            for entry in *; do
                case "$entry" in
                grastate.dat | gvwstate.dat | galera.cache | tables_flushed | *pid | ib_buffer_pool | *-bin.*) continue ;;
                esac
                rm -rf "$target/$entry"
                cp -a "$entry" "$target/$entry"
            done
            echo "continue"
        fi
        echo "$position" >"$target/../position.new"
        mv "$target/../position.new" "$target/../position"
        echo "done $position"
        """
}
