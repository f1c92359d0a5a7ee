/// Reads files of packs and lays overlays over them.
#include "app/pack_files.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string_view>
#include <thread>

#include <fmt/format.h>

#include "base/hash.hpp"

namespace icosa::app {
namespace {

namespace fs = std::filesystem;
using pack::Node;

/// The tables by which a file of an overlay is told, the first that it has.
struct TableOfKind {
    std::string_view table;
    PackKind kind;
};
constexpr TableOfKind tables_of_kinds[] = {
    {"taxonomy", PackKind::Taxonomies},
    {"source", PackKind::Source},
    {"framework", PackKind::Framework},
    {"section", PackKind::Framework},
    {"watch", PackKind::Page},
    {"place", PackKind::Places},
    {"set", PackKind::Places},
    {"names", PackKind::Places},
    {"aggregate", PackKind::Places},
    {"filed", PackKind::Places},
    {"borders", PackKind::Places},
    {"extent", PackKind::Places},
    {"sea_lanes", PackKind::Places},
    {"instrument", PackKind::Catalogue},
    {"mechanism", PackKind::Catalogue},
    {"mission", PackKind::Catalogue},
    {"mandate_act", PackKind::Catalogue},
    {"participation", PackKind::Catalogue},
    {"meeting", PackKind::Catalogue},
    {"measure", PackKind::Measures},
    {"course", PackKind::Measures},
    {"outcome", PackKind::Outcomes},
    {"difference", PackKind::Differences},
    {"matter", PackKind::Matters},
    {"prior", PackKind::Credibility},
    {"doubt", PackKind::Credibility},
    {"controlled_list", PackKind::Items},
    {"controlled_item", PackKind::Items},
    {"phrase", PackKind::Phrases},
    {"term", PackKind::Phrases},
    {"scale", PackKind::Likelihood},
    {"record", PackKind::Records},
    {"grade", PackKind::Grades},
    {"confidence", PackKind::Grades},
    {"size", PackKind::Grades},
    {"quiet", PackKind::Grades},
    {"false_discovery", PackKind::Grades},
};

/// Kinds of which there is one file.
bool is_single(PackKind kind) {
    using enum PackKind;
    return kind == Framework || kind == Grades || kind == Likelihood || kind == Measures || kind == Outcomes
        || kind == Differences || kind == Matters || kind == Credibility || kind == Phrases || kind == References;
}

std::optional<PackKind> kind_of(const Node& file) {
    if (const Node* area = file.find("area"))  // [area] heads a page, [[area]] are areas of no determined status
        return area->kind == Node::Kind::Array ? PackKind::Places : PackKind::Page;
    for (const auto& [table, kind] : tables_of_kinds) {
        if (file.find(table)) return kind;
    }
    const bool are_references = !file.members.empty() && std::ranges::all_of(file.members, [](const pack::Member& one) {
        return one.value.find("authors") != nullptr;
    });
    return are_references ? std::optional(PackKind::References) : std::nullopt;
}

std::string text_of(const Node& table, std::string_view key) {
    const Node* found = table.find(key);
    return found && found->kind == Node::Kind::Text ? found->text : std::string();
}

/// What one table of an array is told by; "" = by nothing, it only adds.
std::string id_of(std::string_view array, const Node& table) {
    if (array == "course") return text_of(table, "id") + "/" + text_of(table, "period");
    if (array == "record") return text_of(table, "watch") + "/" + text_of(table, "outcome");
    if (array == "phrase") return text_of(table, "key");
    if (array == "term") return text_of(table, "en");
    return text_of(table, "id");
}

Node* find_array(Node& file, std::string_view key) {
    for (pack::Member& member : file.members) {
        if (member.key == key && member.value.kind == Node::Kind::Array) return &member.value;
    }
    return nullptr;
}

/// Takes the cases that stand below a watch, or name it, out with it.
void erase_expects(Node& page, const Node& watch, const Node& watches) {
    Node* expects = find_array(page, "expect");
    if (!expects) return;
    int next = 1 << 30;
    for (const Node& other : watches.items) {
        if (other.where.line > watch.where.line) next = std::min(next, other.where.line);
    }
    std::erase_if(expects->items, [&](const Node& one) {
        const std::string named = text_of(one, "watch");
        return named.empty() ? one.where.line > watch.where.line && one.where.line < next
                             : named == text_of(watch, "id");
    });
}

/// Takes what has this id out of a file.
void erase_id(Node& file, std::string_view array, const std::string& id) {
    Node* tables = find_array(file, array);
    if (!tables || id.empty()) return;
    for (const Node& table : tables->items) {
        if (array == "watch" && id_of(array, table) == id) erase_expects(file, table, *tables);
    }
    std::erase_if(tables->items, [&](const Node& table) { return id_of(array, table) == id; });
}

/// Adds the tables and keys of one file to another of its kind; what has the same id is gone from it by then.
void join_files(Node& into, const Node& added) {
    for (const pack::Member& member : added.members) {
        if (Node* tables = find_array(into, member.key); tables && member.value.kind == Node::Kind::Array) {
            tables->items.insert(tables->items.end(), member.value.items.begin(), member.value.items.end());
            continue;
        }
        std::erase_if(into.members, [&](const pack::Member& one) { return one.key == member.key; });
        into.members.push_back(member);
    }
}

class Reader {
public:
    explicit Reader(Diagnostics& faults) : faults_(faults) {}

    void shipped(const PackPlaces& places) {
        const std::string& directory = places.directory;
        if (!fs::is_directory(directory)) {
            faults_.push_back({Fault::Pack,
                               "no-packs",
                               {directory},
                               "there is no such directory of packs",
                               "name it with --packs DIR"});
            return;
        }
        read_ahead(directory);
        using enum PackKind;
        folder(directory + "/places", Places);
        for (const char* name : {"/instruments", "/mechanisms", "/mandates", "/groups"})
            folder(directory + name, Catalogue);
        folder(directory + "/sources", Source);
        file(places.framework.empty() ? directory + "/framework/gsi.toml" : places.framework, Framework);
        file(directory + "/grades.toml", Grades);
        file(directory + "/likelihood.toml", Likelihood);
        for (const auto& [name, kind] : {std::pair{"/measures.toml", Measures},
                                         {"/outcomes.toml", Outcomes},
                                         {"/differences.toml", Differences},
                                         {"/options.toml", Matters},
                                         {"/credibility.toml", Credibility},
                                         {"/phrases.toml", Phrases}}) {
            if (fs::exists(directory + name)) file(directory + name, kind);  // packs of one's own may do without
        }
        folder(directory + "/controlled-items", Items);
        folder(directory + "/records", Records);
        folder(directory + "/taxonomies", Taxonomies);
        for (const char* name : {"/areas", "/principles", "/platforms"}) folder(directory + name, Page);
        for (const char* name : {"/references.toml", "/../references.toml"}) {
            if (!fs::exists(directory + name)) continue;
            file(directory + name, References);
            break;
        }
    }

    void overlay(const std::string& directory) {
        std::error_code error;
        std::vector<std::string> paths = pack::toml_files(directory);
        if (fs::is_regular_file(directory, error)) paths = {directory};
        if (paths.empty()) {
            const bool is_there = fs::is_directory(directory, error);
            faults_.push_back(
                {Fault::Pack,
                 "no-packs",
                 {directory},
                 is_there ? "no file below this folder ends in .toml" : "there is no such folder of packs",
                 "name a folder with packs of your own (docs/your-own-data.md)"});
        }
        for (const std::string& path : paths) {
            auto node = load(path);
            if (!node) continue;
            const auto kind = kind_of(*node);
            if (!kind) {
                faults_.push_back({Fault::Pack,
                                   "unknown-pack",
                                   {path},
                                   "this file declares nothing that packs can hold",
                                   "docs/packs.md shows what they hold: [source], [[watch]], [[place]] ..."});
                continue;
            }
            add(*kind, std::move(*node));
        }
    }

    PackFiles take() { return {std::move(files_), digest_.hexadecimal()}; }

private:
    /// A file as it was read, before its turn.
    struct Ahead {
        std::string text;
        Result<Node> node;
    };

    /// `--packs DIR/` names the same files as `--packs DIR`.
    static std::string plain_path(const std::string& path) { return fs::path(path).lexically_normal().string(); }

    static Ahead read(const std::string& path) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        auto node = pack::parse_toml(text.str(), path);
        return {std::move(text).str(), std::move(node)};
    }

    /// Reading all packs is most of what a short command does: two threads share it.
    void read_ahead(const std::string& directory) {
        const std::vector<std::string> paths = pack::toml_files(directory);
        std::vector<std::optional<Ahead>> read_files(paths.size());
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
            for (std::size_t i = next++; i < paths.size(); i = next++) read_files[i] = read(paths[i]);
        };
        {
            const std::jthread other(work);
            work();
        }
        for (std::size_t i = 0; i < paths.size(); ++i) ahead_.emplace(plain_path(paths[i]), std::move(*read_files[i]));
    }

    std::optional<Node> load(const std::string& path, bool counts = true) {
        std::error_code error;
        if (!fs::is_regular_file(path, error)) {
            faults_.push_back({Fault::Pack, "missing-file", {path}, "there is no such file", "check the path"});
            return std::nullopt;
        }
        const auto found = ahead_.find(plain_path(path));
        Ahead file = found == ahead_.end() ? read(path) : std::move(found->second);
        if (found != ahead_.end()) ahead_.erase(found);
        if (counts) digest_.add(file.text);
        if (file.node) return std::move(*file.node);
        faults_.push_back(std::move(file.node).error());
        return std::nullopt;
    }

    void file(const std::string& path, PackKind kind) {
        if (auto node = load(path, kind != PackKind::Records)) files_.push_back({kind, std::move(*node)});
    }
    void folder(const std::string& path, PackKind kind) {
        for (const std::string& one : pack::toml_files(path)) file(one, kind);
    }

    void add(PackKind kind, Node node) {
        if (const Node* source = node.find("source"); kind == PackKind::Source && source) {
            std::erase_if(files_, [&](const PackFile& one) {
                const Node* other = one.kind == kind ? one.node.find("source") : nullptr;
                return other && text_of(*other, "id") == text_of(*source, "id");
            });
        }
        PackFile* single = nullptr;
        for (PackFile& one : files_) {
            if (one.kind != kind) continue;
            for (const pack::Member& member : node.members) {
                if (kind == PackKind::Source || member.value.kind != Node::Kind::Array) continue;
                for (const Node& table : member.value.items) erase_id(one.node, member.key, id_of(member.key, table));
            }
            if (is_single(kind)) single = &one;
        }
        if (single) join_files(single->node, node);
        else files_.push_back({kind, std::move(node), true});
    }

    Diagnostics& faults_;
    std::map<std::string, Ahead> ahead_;  ///< by plain path
    std::vector<PackFile> files_;
    Digest digest_;
};

}  // namespace

PackFiles read_pack_files(const PackPlaces& places, Diagnostics& faults) {
    Reader reader(faults);
    reader.shipped(places);
    for (const std::string& directory : places.added) reader.overlay(directory);
    return reader.take();
}

bool lies_in(const std::string& file, const std::vector<std::string>& folders) {
    return std::ranges::any_of(folders, [&](std::string folder) {
        while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
        return file == folder || file.starts_with(folder + "/");
    });
}

}  // namespace icosa::app
