/// Finds and loads packs.
#include "app/packs.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "base/hash.hpp"

namespace icosa::app {
namespace {

namespace fs = std::filesystem;

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

brief::Reference parse_reference(const std::string& key, const pack::Node& node, Diagnostics& faults) {
    pack::TableReader reader(node, faults, fmt::format("reference '{}'", key));
    const std::string authors = reader.text("authors"), title = reader.text("title"), in = reader.text_or("in", ""),
                      doi = reader.text_or("doi", "");
    const auto year = reader.integer_or("year", 0);
    (void)reader.text("takes");
    const std::string url = reader.text_or("url", doi.empty() ? "" : "https://doi.org/" + doi);
    reader.finish();
    return {key,
            fmt::format("{} ({}). {}.{}{}", authors, year, title, in.empty() ? "" : " ", in.empty() ? "" : in + "."),
            url};
}

}  // namespace

const pack::SourceCard* Packs::find_card(std::string_view id) const {
    for (const auto& card : cards) {
        if (card.id == id) return &card;
    }
    return nullptr;
}

const pack::Watch* Packs::find_watch(std::string_view id) const {
    for (const auto& page : pages) {
        for (const auto& watch : page.watches) {
            if (watch.id == id) return &watch;
        }
    }
    return nullptr;
}

const pack::AreaPack* Packs::page_of(std::string_view section) const {
    for (const auto& page : pages) {
        if (page.section == section) return &page;
    }
    return nullptr;
}

engine::Setting Packs::setting(Day as_of) const {
    engine::Setting out{as_of, places, catalogue, grades, {}, likelihood, measures, outcomes, records};
    for (const auto& card : cards)
        out.sources[card.id] = {
            card.title,    card.publisher, card.note, card.stale_after_days, card.volume == pack::Volume::Reporting,
            card.set_aside};
    return out;
}

std::string packs_directory(const std::string& given) {
    if (!given.empty()) return given;
    std::error_code error;
    const fs::path binary = fs::read_symlink("/proc/self/exe", error);
    // PREFIX/bin/icosa finds PREFIX/share/icosa/packs, build/release/icosa the packs of the source tree above it.
    for (fs::path up = binary.parent_path(); !error && up.has_relative_path(); up = up.parent_path()) {
        for (const char* place : {"share/icosa/packs", "packs"}) {
            if (fs::is_directory(up / place / "framework")) return (up / place).string();
        }
    }
    return ICOSA_INSTALL_PREFIX "/share/icosa/packs";
}

Packs load_packs(const std::string& directory, const std::string& framework, Diagnostics& faults) {
    Packs packs;
    packs.directory = directory;
    if (!fs::is_directory(directory)) {
        faults.push_back(
            {Fault::Pack, "no-packs", {directory}, "there is no such directory of packs", "name it with --packs DIR"});
        return packs;
    }
    Digest digest;
    const auto load = [&](const std::string& path) -> std::optional<pack::Node> {
        std::error_code error;
        if (!fs::is_regular_file(path, error)) {
            faults.push_back({Fault::Pack, "missing-file", {path}, "there is no such file", "check the path"});
            return std::nullopt;
        }
        const std::string text = read_file(path);
        digest.add(text);
        auto node = pack::parse_toml(text, path);
        if (!node) {
            faults.push_back(node.error());
            return std::nullopt;
        }
        return std::move(*node);
    };
    const auto load_if_there = [&](const std::string& path) {  // packs of one's own may do without
        std::error_code error;
        return fs::exists(path, error) ? load(path) : std::nullopt;
    };
    const auto each = [&](const std::string& folder, const auto& read) {
        for (const auto& path : pack::toml_files(directory + "/" + folder)) {
            if (const auto node = load(path)) read(*node);
        }
    };
    each("places", [&](const pack::Node& node) { packs.places.read(node, faults); });
    packs.places.check(faults);
    for (const char* folder : {"instruments", "mechanisms", "mandates"}) {
        each(folder, [&](const pack::Node& node) { packs.catalogue.read(node, faults); });
    }
    packs.catalogue.check(packs.places, faults);
    packs.cards = pack::load_source_cards(directory + "/sources", faults);
    for (const auto& path : pack::toml_files(directory + "/sources")) digest.add(read_file(path));
    if (const auto node = load(framework.empty() ? directory + "/framework/gsi.toml" : framework))
        packs.framework = pack::parse_framework(*node, faults);
    if (const auto node = load(directory + "/grades.toml")) packs.grades = pack::parse_grades(*node, faults);
    if (const auto node = load(directory + "/likelihood.toml"))
        packs.likelihood = pack::parse_likelihood(*node, faults);
    if (const auto node = load_if_there(directory + "/measures.toml"))
        packs.measures = pack::parse_measures(*node, faults);
    if (const auto node = load_if_there(directory + "/outcomes.toml"))
        packs.outcomes = pack::parse_outcomes(*node, faults);
    if (const auto node = load_if_there(directory + "/phrases.toml"))
        packs.phrases = pack::parse_phrases(*node, faults);
    for (const auto& path : pack::toml_files(directory + "/records")) {  // made from the packs, so not of their digest
        if (const auto node = pack::load_toml(path)) packs.records.add(pack::parse_records(*node, faults));
        else faults.push_back(node.error());
    }
    for (const char* folder : {"areas", "principles", "platforms"}) {
        each(folder, [&](const pack::Node& node) { packs.pages.push_back(pack::parse_area(node, faults)); });
    }
    for (const std::string& path : {directory + "/references.toml", directory + "/../references.toml"}) {
        if (!fs::exists(path)) continue;
        if (const auto node = load(path)) {
            for (const auto& [key, entry] : node->members)
                packs.references.push_back(parse_reference(key, entry, faults));
        }
        break;
    }
    packs.digest = digest.hexadecimal();
    return packs;
}

Result<Packs> good_packs(const std::string& directory, const std::string& framework) {
    Diagnostics faults;
    Packs packs = load_packs(packs_directory(directory), framework, faults);
    if (faults.empty()) return packs;
    Error first = faults.front();
    if (faults.size() > 1)
        first.cure += fmt::format("{}`icosa check` shows all {} faults", first.cure.empty() ? "" : "; ", faults.size());
    return std::unexpected(std::move(first));
}

Result<pack::LikelihoodScale> likelihood_scale(const std::string& given) {
    const auto file = TRY(pack::load_toml(packs_directory(given) + "/likelihood.toml"));
    Diagnostics faults;
    auto scale = pack::parse_likelihood(file, faults);
    if (!faults.empty()) return std::unexpected(std::move(faults.front()));
    return scale;
}

}  // namespace icosa::app
