/// Files of allocations, every fault of them at its place.
#include "respond/allocations/allocation_model.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "pack/toml.hpp"

namespace icosa::respond {
namespace {

using methods::no_limit;
using methods::Places;
using pack::Node;
using pack::TableReader;

constexpr std::size_t most_claimants = 1000;

class AllocationReader {
public:
    AllocationReader(AllocationModel& model, Diagnostics& faults) : model_(model), faults_(faults) {}

    void read(const Node& root) {
        TableReader file(root, faults_, "this file");
        if (const Node* head = file.node("allocation"); head && head->kind == Node::Kind::Table) read_head(*head);
        else file.fault({model_.path}, "missing-key", "this file has no [allocation]", "add [allocation] with a total");
        for (const Node* table : file.tables("group")) read_group(*table);
        if (model_.groups.empty()) {
            model_.groups.push_back({"", "all", {model_.path}});
            model_.problem.groups.emplace_back();
        }
        for (const Node* table : file.tables("claimant")) read_claimant(*table);
        for (const Node* table : file.tables("host")) read_host(*table);
        if (model_.hosts.empty()) {
            model_.hosts.push_back({"", "anywhere", {model_.path}});
            model_.problem.hosts.push_back({std::vector<char>(model_.fields.size(), 1),
                                            std::vector<char>(model_.groups.size(), 1),
                                            std::vector<Places>(model_.years.size(), no_limit), 0, 0});
        }
        file.finish();
        if (model_.claimants.empty())
            fault({model_.path}, "missing-key", "there is no claimant", "add [[claimant]] with id and need");
        if (model_.claimants.size() > most_claimants)
            fault(model_.claimants[most_claimants].where, "too-many-claimants",
                  fmt::format("there are more than {} claimants", most_claimants), "let small ones stand together");
        Places needs = 0;
        for (const auto& one : model_.problem.claimants) needs += one.need();
        model_.limits.push_back(
            {Kind::Needs, 0, fmt::format("nobody gets more than it needs ({} in all)", needs), {model_.path}});
    }

private:
    using Kind = AllocationLimit::Kind;

    void fault(const Where& where, std::string code, std::string what, std::string cure) {
        faults_.push_back({Fault::Data, std::move(code), where, std::move(what), std::move(cure)});
    }

    static Where place(const Node& table, std::string_view key) {
        const Node* node = table.find(key);
        return node ? node->key_where : table.where;
    }

    /// A whole number from 0 to `most`, the fallback where it is absent or wrong.
    Places whole(TableReader& reader, std::string_view key, Places fallback, Places most) {
        if (!reader.has(key)) return fallback;
        const std::int64_t value = reader.integer_or(key, fallback);
        if (value >= 0 && value <= most) return value;
        fault(reader.node(key)->where, "out-of-range", fmt::format("{} = {}", key, value),
              fmt::format("give a whole number from 0 to {}; state large figures in larger units", most));
        return fallback;
    }

    void read_head(const Node& table) {
        TableReader reader(table, faults_, "[allocation]");
        auto& problem = model_.problem;
        model_.title = reader.text("title");
        model_.note = reader.text_or("note", "");
        model_.what = reader.text_or("what", "places");
        model_.author = reader.text("author");
        model_.date = reader.text("date");
        model_.source = reader.text("source");
        if (!model_.date.empty() && !parse_iso_day(model_.date))
            fault(place(table, "date"), "bad-day", fmt::format("the date is '{}'", excerpt(model_.date)),
                  "write it as \"2026-03-01\"");
        if (!reader.has("total"))
            reader.fault(table.where, "missing-key", "[allocation] has no 'total'", "add total = ...");
        problem.total = whole(reader, "total", 0, methods::most_places);
        problem.must_place_all = reader.flag_or("all", false);
        using enum methods::PlanAim;
        model_.aim =
            reader.choice("aim", LeastServed, {{"least-served", LeastServed}, {"places", MostPlaces}, {"cost", Cost}});
        model_.fields = reader.texts("fields");
        model_.years = reader.texts("years");
        if (model_.fields.empty()) model_.fields.emplace_back();
        if (model_.years.empty()) model_.years.emplace_back();
        problem.fields = static_cast<int>(model_.fields.size());
        problem.year_limits = by_year(reader, table, "year_limits", no_limit);
        reader.finish();
        if (problem.must_place_all)
            model_.limits.push_back(
                {Kind::All, 0, fmt::format("all {} {} are given", problem.total, model_.what), place(table, "all")});
        for (std::size_t y = 0; y < problem.year_limits.size(); ++y) {
            if (problem.year_limits[y] < no_limit)
                model_.limits.push_back(
                    {Kind::YearLimit, y,
                     fmt::format("at most {} {} in {}", problem.year_limits[y], model_.what, model_.years[y]),
                     place(table, "year_limits")});
        }
    }

    /// One whole number for every year, or an array with one a year.
    std::vector<Places> by_year(TableReader& reader, const Node& table, std::string_view key, Places fallback) {
        const Node* node = reader.node(key);
        std::vector<Places> out(model_.years.size(), fallback);
        if (!node) return out;
        const auto one = [&](const Node& item) -> Places {
            if (item.kind == Node::Kind::Integer && item.integer >= 0 && item.integer < no_limit) return item.integer;
            fault(item.where, "out-of-range", fmt::format("'{}' is no whole number of 0 or more", key),
                  "give whole numbers");
            return 0;
        };
        if (node->kind != Node::Kind::Array) {
            out.assign(out.size(), one(*node));
            return out;
        }
        if (node->items.size() != out.size()) {
            fault(place(table, key), "wrong-length",
                  fmt::format("'{}' has {} numbers for {} year{}", key, node->items.size(), out.size(),
                              out.size() == 1 ? "" : "s"),
                  "give one for each of `years`, or one for all");
            return out;
        }
        for (std::size_t y = 0; y < out.size(); ++y) out[y] = one(node->items[y]);
        return out;
    }

    AllocationName name_of(TableReader& reader, const Node& table, const std::vector<AllocationName>& others) {
        AllocationName out;
        out.id = reader.id("id");
        out.title = reader.text_or("title", out.id);
        out.where = table.where;
        if (std::ranges::find(others, out.id, &AllocationName::id) != others.end())
            fault(table.where, "named-twice", fmt::format("'{}' stands here twice", out.id), "give it another id");
        return out;
    }

    void read_group(const Node& table) {
        TableReader reader(table, faults_, "this group");
        model_.has_groups = true;
        const AllocationName name = name_of(reader, table, model_.groups);
        methods::ClaimGroup group;
        group.floor = whole(reader, "floor", 0, methods::most_places);
        group.cap = whole(reader, "cap", no_limit, no_limit);
        reader.finish();
        check_floor(table, group.floor, group.cap, name.id);
        const std::size_t number = model_.groups.size();
        if (group.floor > 0)
            model_.limits.push_back({Kind::GroupFloor, number,
                                     fmt::format("group {} gets at least {}", name.title, group.floor),
                                     place(table, "floor")});
        if (group.cap < no_limit)
            model_.limits.push_back({Kind::GroupCap, number,
                                     fmt::format("group {} gets at most {}", name.title, group.cap),
                                     place(table, "cap")});
        model_.groups.push_back(name);
        model_.problem.groups.push_back(group);
    }

    void check_floor(const Node& table, Places floor, Places cap, const std::string& id) {
        if (floor > cap)
            fault(place(table, "floor"), "floor-above-cap",
                  fmt::format("the floor of '{}' is {}, above its cap of {}", id, floor, cap),
                  "lower the floor or raise the cap");
    }

    std::optional<std::size_t> field_of(const std::string& word, const Where& where) {
        const auto found = std::ranges::find(model_.fields, word);
        if (found != model_.fields.end()) return static_cast<std::size_t>(found - model_.fields.begin());
        const bool has_any = model_.fields.size() > 1 || !model_.fields.front().empty();
        const auto near = nearest(word, model_.fields);
        fault(where, "unknown-field", fmt::format("no field '{}'", excerpt(word)),
              near          ? fmt::format("did you mean '{}'?", *near)
                  : has_any ? fmt::format("there are {}", join(model_.fields, ", "))
                            : "add fields = [...] under [allocation]");
        return std::nullopt;
    }

    std::optional<std::size_t> group_of(const std::string& word, const Where& where) {
        const auto found = std::ranges::find(model_.groups, word, &AllocationName::id);
        if (found != model_.groups.end()) return static_cast<std::size_t>(found - model_.groups.begin());
        std::vector<std::string> ids;
        for (const auto& one : model_.groups) ids.push_back(one.id);
        const auto near = nearest(word, ids);
        fault(where, "unknown-group", fmt::format("no group '{}'", excerpt(word)),
              near                    ? fmt::format("did you mean '{}'?", *near)
                  : model_.has_groups ? fmt::format("there are {}", join(ids, ", "))
                                      : fmt::format("add [[group]] with id = \"{}\"", excerpt(word)));
        return std::nullopt;
    }

    std::vector<Places> needs_of(TableReader& reader, const Node& table, const std::string& id) {
        std::vector<Places> out(model_.fields.size(), 0);
        const Node* one = reader.node("need");
        const Node* several = reader.node("needs");
        if ((one != nullptr) == (several != nullptr)) {
            fault(table.where, "missing-key", fmt::format("'{}' has {}", id, one ? "need and needs" : "no need"),
                  "give need = 40, or needs = { field = 40 }");
            return out;
        }
        if (one) {
            if (model_.fields.size() > 1)
                fault(one->where, "which-field", fmt::format("the need of '{}' is of no field", id),
                      fmt::format("give needs = {{ {} = ... }}", model_.fields.front()));
            out[0] = whole(reader, "need", 0, methods::most_need);
            return out;
        }
        if (several->kind != Node::Kind::Table) {
            fault(several->where, "wrong-type", "needs are no table", "write needs = { field = 40 }");
            return out;
        }
        for (const auto& [key, node] : several->members) {
            const auto field = field_of(key, node.key_where);
            const bool good =
                node.kind == Node::Kind::Integer && node.integer >= 0 && node.integer <= methods::most_need;
            if (!good)
                fault(node.where, "out-of-range", fmt::format("the need of '{}' in '{}'", id, key),
                      fmt::format("give a whole number from 0 to {}", methods::most_need));
            else if (field) out[*field] = node.integer;
        }
        return out;
    }

    void read_claimant(const Node& table) {
        TableReader reader(table, faults_, "this claimant");
        const AllocationName name = name_of(reader, table, model_.claimants);
        methods::Claimant one;
        one.needs = needs_of(reader, table, name.id);
        one.floor = whole(reader, "floor", 0, methods::most_places);
        one.cap = whole(reader, "cap", no_limit, no_limit);
        one.weight = reader.number_or("weight", 1);
        if (!(one.weight >= 0) || one.weight > 1e6)
            fault(place(table, "weight"), "out-of-range", fmt::format("weight = {}", number_text(one.weight)),
                  "give a number from 0 to 1000000");
        const std::string group = reader.text_or("group", "");
        if (!group.empty()) one.group = static_cast<int>(group_of(group, table.find("group")->where).value_or(0));
        else if (model_.has_groups)
            fault(table.where, "missing-key", fmt::format("'{}' is of no group", name.id), "add group = ...");
        reader.finish();
        check_floor(table, one.floor, one.cap, name.id);
        if (one.floor > one.need() && one.need() > 0)
            fault(place(table, "floor"), "floor-above-need",
                  fmt::format("the floor of '{}' is {}, above its need of {}", name.id, one.floor, one.need()),
                  "lower the floor, or correct the need");
        const std::size_t number = model_.claimants.size();
        if (one.floor > 0)
            model_.limits.push_back({Kind::Floor, number, fmt::format("{} gets at least {}", name.title, one.floor),
                                     place(table, "floor")});
        if (one.cap < one.need())
            model_.limits.push_back(
                {Kind::Cap, number, fmt::format("{} gets at most {}", name.title, one.cap), place(table, "cap")});
        model_.claimants.push_back(name);
        model_.problem.claimants.push_back(std::move(one));
    }

    void read_host(const Node& table) {
        TableReader reader(table, faults_, "this host");
        model_.has_hosts = true;
        const AllocationName name = name_of(reader, table, model_.hosts);
        methods::HostOfPlaces host;
        host.fields.assign(model_.fields.size(), reader.has("fields") ? 0 : 1);
        host.groups.assign(model_.groups.size(), reader.has("groups") ? 0 : 1);
        for (const auto& word : reader.texts("fields")) {
            if (const auto field = field_of(word, table.find("fields")->where)) host.fields[*field] = 1;
        }
        for (const auto& word : reader.texts("groups")) {
            if (const auto group = group_of(word, table.find("groups")->where)) host.groups[*group] = 1;
        }
        if (!reader.has("capacity"))
            reader.fault(table.where, "missing-key", fmt::format("host '{}' has no capacity", name.id),
                         "add capacity = 100, or one number for each year");
        host.capacity = by_year(reader, table, "capacity", 0);
        host.least_class = whole(reader, "least_class", 0, methods::most_places);
        host.cost = reader.number_or("cost", 0);
        constexpr double most_cost = 1e12;
        if (host.cost < 0 || host.cost > most_cost)
            fault(place(table, "cost"), "out-of-range", fmt::format("cost = {}", number_text(host.cost)),
                  "give 0 to 1,000,000,000,000");
        reader.finish();
        const std::size_t number = model_.hosts.size();
        model_.limits.push_back({Kind::Capacity, number, fmt::format("{} hosts no more than its capacity", name.title),
                                 place(table, "capacity")});
        if (host.least_class > 1)
            model_.limits.push_back({Kind::LeastClass, number,
                                     fmt::format("{} holds a class for {} or more", name.title, host.least_class),
                                     place(table, "least_class")});
        model_.hosts.push_back(name);
        model_.problem.hosts.push_back(std::move(host));
    }

    AllocationModel& model_;
    Diagnostics& faults_;
};

}  // namespace

AllocationModel load_allocation(const std::string& path, Diagnostics& faults) {
    AllocationModel model;
    model.path = path;
    model.fields = {""};
    model.years = {""};
    model.problem.year_limits = {no_limit};
    const auto root = pack::load_toml(path);
    if (!root) faults.push_back(root.error());
    else AllocationReader(model, faults).read(*root);
    for (Error& one : faults) {
        one.fault = Fault::Data;
        if (one.code == "unreadable") one.what = "this file cannot be read";
    }
    return model;
}

methods::ClaimsProblem with_limits(const AllocationModel& model, const std::vector<char>& kept) {
    methods::ClaimsProblem out = model.problem;
    for (std::size_t n = 0; n < model.limits.size(); ++n) {
        if (kept[n]) continue;
        const std::size_t number = model.limits[n].number;
        using enum AllocationLimit::Kind;
        switch (model.limits[n].kind) {
            case Floor: out.claimants[number].floor = 0; break;
            case Cap: out.claimants[number].cap = no_limit; break;
            case GroupFloor: out.groups[number].floor = 0; break;
            case GroupCap: out.groups[number].cap = no_limit; break;
            case Capacity: out.hosts[number].capacity.assign(model.years.size(), no_limit); break;
            case LeastClass: out.hosts[number].least_class = 0; break;
            case YearLimit: out.year_limits[number] = no_limit; break;
            case Needs: out.may_exceed_need = true; break;
            case All: out.must_place_all = false; break;
        }
    }
    return out;
}

}  // namespace icosa::respond
