-- A filter of pandoc's: links of DocC's kind, <doc:Page#Heading>, become links to pages of HTML, with the heading as their text.
-- The first heading of a page is its title.

-- What is left of an anchor where DocC's rules and pandoc's differ.
local function key(text) return (text:lower():gsub("[^%w\128-\255]", "")) end

local titles, anchors = {}, {}
for line in io.lines(os.getenv("PNBOOK_HEADINGS")) do
    local page, anchor, text = line:match("^([^\t]*)\t([^\t]*)\t(.*)$")
    if page then
        titles[page] = titles[page] or text
        anchors[page] = anchors[page] or {}
        anchors[page][key(anchor)] = { anchor = anchor, text = text }
    end
end

local function fail(target)
    io.stderr:write("<" .. target .. "> leads nowhere\n")
    os.exit(1)
end

return {
    {
        Link = function(link)
            local page, heading = link.target:match("^doc:([^#]+)#?(.*)$")
            if not page then return nil end
            if not titles[page] then fail(link.target) end
            local target, text = page .. ".html", titles[page]
            if heading ~= "" then
                local found = anchors[page][key(heading)]
                if not found then fail(link.target) end
                target, text = target .. "#" .. found.anchor, found.text
            end
            return pandoc.Link(text, target)
        end,
        Pandoc = function(document)
            local first = document.blocks[1]
            if first and first.t == "Header" then
                document.meta.title = pandoc.MetaString(pandoc.utils.stringify(first))
            end
            return document
        end
    }
}
