/// Files of packages, every fault of them at its place.
#include "respond/packages/package_model.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::respond {
namespace {

using methods::PartyPoints;
using methods::Pick;
using pack::Node;
using pack::TableReader;

constexpr double whole_points = 100;

template <class T> std::vector<std::string> ids_of(const std::vector<T>& things) {
    std::vector<std::string> out;
    for (const T& one : things) out.push_back(one.id);
    return out;
}

int place_of(const std::string& word, const std::vector<std::string>& words) {
    const auto found = std::ranges::find(words, word);
    return found == words.end() ? -1 : static_cast<int>(found - words.begin());
}

std::string near_or_all(const std::string& word, const std::vector<std::string>& words) {
    const auto near = nearest(word, words);
    return near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(words, ", "));
}

/// Reads [[preference]] tables against the issues and parties that are known.
class PreferenceReader {
public:
    PreferenceReader(PackageModel& model, Diagnostics& faults) : model_(model), faults_(faults) {}

    void read(const Node& table) {
        Preference out;
        out.where = table.where;
        TableReader reader(table, faults_, "this preference");
        const std::string party = reader.text("party");
        out.party = place_of(party, ids_of(model_.parties));
        if (out.party < 0 && !party.empty())
            reader.fault(table.find("party")->where, "unknown-party", fmt::format("no party '{}'", excerpt(party)),
                         near_or_all(party, ids_of(model_.parties)));
        name_ = fmt::format("the preference of '{}'", excerpt(party));
        out.set = reader.text_or("set", "");
        said_by(reader, out);
        const Node* points = reader.node("points");
        const Node* order = reader.node("order");
        out.points = by_value(PartyPoints{0});
        out.ranks = by_value(0);
        out.consents = by_value(char{0});
        if ((points != nullptr) == (order != nullptr))
            reader.fault(
                table.where, "points-or-order",
                fmt::format("{} has {}", name_, points ? "points and an order" : "neither points nor an order"),
                "give points = { issue = { value = 10 } } or order = { issue = [\"best\", \"next\"] }");
        out.has_points = points != nullptr;
        if (points) read_points(*points, out);
        else if (order) read_order(*order, out);
        read_at_least(reader, out);
        read_red_lines(reader, out);
        read_consents(reader, out);
        reader.finish();
        model_.preferences.push_back(std::move(out));
    }

private:
    template <class T> std::vector<std::vector<T>> by_value(T value) const {
        std::vector<std::vector<T>> out;
        for (const auto& issue : model_.issues) out.emplace_back(issue.values.size(), value);
        return out;
    }

    void fault(const Where& where, std::string code, std::string what, std::string cure) {
        faults_.push_back({Fault::Data, std::move(code), where, std::move(what), std::move(cure)});
    }

    /// Nobody's preferences are told without who says so, when, and by what.
    void said_by(TableReader& reader, Preference& out) {
        out.author = reader.text("author");
        out.date = reader.text("date");
        out.source = reader.text("source");
        if (const Node* date = reader.table().find("date");
            date && date->kind == Node::Kind::Text && !parse_iso_day(date->text))
            fault(date->where, "bad-day", fmt::format("the date of {} is '{}'", name_, excerpt(date->text)),
                  "write it as \"2026-03-01\"");
        for (const std::string_view key : {"author", "source"}) {
            const Node* node = reader.table().find(key);
            if (node && node->kind == Node::Kind::Text && trim(node->text).empty())
                fault(node->where, "missing-key", fmt::format("{} names no {}", name_, key),
                      fmt::format("say {} = ...", key));
        }
    }

    /// Visits the issues of a table, those unknown told.
    template <class Visit> void each_issue(const Node& table, std::string_view what, const Visit& visit) {
        if (table.kind != Node::Kind::Table) {
            fault(table.where, "wrong-type", fmt::format("'{}' of {} is no table", what, name_),
                  fmt::format("write {} = {{ issue = ... }}", what));
            return;
        }
        for (const auto& [key, node] : table.members) {
            const int issue = place_of(key, ids_of(model_.issues));
            if (issue < 0)
                fault(node.key_where, "unknown-issue", fmt::format("'{}' of {}: no issue '{}'", what, name_, key),
                      near_or_all(key, ids_of(model_.issues)));
            else visit(static_cast<std::size_t>(issue), node);
        }
    }

    /// The number of a value by its name, -1 and a fault where it is none.
    int value_of(std::size_t issue, const std::string& value, const Where& where) {
        const auto& known = model_.issues[issue].values;
        const int out = place_of(value, known);
        if (out < 0)
            fault(where, "unknown-value",
                  fmt::format("{}: issue '{}' has no value '{}'", name_, model_.issues[issue].id, excerpt(value)),
                  near_or_all(value, known));
        return out;
    }

    void read_points(const Node& table, Preference& out) {
        bool whole = true;
        const std::size_t before = faults_.size();
        each_issue(table, "points", [&](std::size_t issue, const Node& values) {
            if (values.kind != Node::Kind::Table) {
                fault(values.where, "wrong-type", fmt::format("points of '{}' are no table", model_.issues[issue].id),
                      "write { value = 10, other = 0 }");
                return;
            }
            for (const auto& [key, node] : values.members) {
                const int value = value_of(issue, key, node.key_where);
                if (value >= 0) out.points[issue][static_cast<std::size_t>(value)] = points_of(node, key);
            }
            for (const auto& value : model_.issues[issue].values) {
                if (values.find(value)) continue;
                whole = false;
                fault(values.where, "missing-value",
                      fmt::format("{} has no points for '{}' of issue '{}'", name_, value, model_.issues[issue].id),
                      fmt::format("add {} = 0, or what it is worth", value));
            }
        });
        if (!whole || faults_.size() > before) return;
        std::int64_t sum = 0;
        for (const auto& issue : out.points) sum += issue.empty() ? 0 : std::ranges::max(issue);
        const double off = static_cast<double>(sum) / methods::points_unit - whole_points;
        if (std::abs(off) > model_.tolerance + 1e-9)
            fault(table.where, "points-do-not-add-up",
                  fmt::format("the points of {} add up to {}, the best value of each issue counted; they must be "
                              "100 within {}",
                              name_, points_text(sum), number_text(model_.tolerance)),
                  fmt::format("{} {} points, or declare a tolerance under [package]", off < 0 ? "add" : "take away",
                              number_text(std::abs(off), 6)));
    }

    PartyPoints points_of(const Node& node, const std::string& key) {
        const bool is_number = node.kind == Node::Kind::Integer || node.kind == Node::Kind::Number;
        const double most = whole_points + model_.tolerance;
        if (!is_number || !(node.number >= 0) || !(node.number <= most)) {
            fault(node.where, "bad-points",
                  fmt::format("the points for '{}' of {} are {}", key, name_,
                              is_number ? number_text(node.number) : "no number"),
                  fmt::format("give a number of 0 to {}", number_text(most)));
            return 0;
        }
        return static_cast<PartyPoints>(std::llround(node.number * methods::points_unit));
    }

    void read_order(const Node& table, Preference& out) {
        each_issue(table, "order", [&](std::size_t issue, const Node& list) {
            if (list.kind != Node::Kind::Array) {
                fault(list.where, "wrong-type", fmt::format("the order of '{}' is no array", model_.issues[issue].id),
                      "write [\"best\", [\"alike\", \"as well\"], \"worst\"]");
                return;
            }
            std::vector<int> rank(model_.issues[issue].values.size(), -1);
            int next = 0;
            const auto take = [&](const Node& node) {
                if (node.kind != Node::Kind::Text) {
                    fault(node.where, "wrong-type", "an order names values", "write each as a text");
                    return;
                }
                const int value = value_of(issue, node.text, node.where);
                if (value < 0) return;
                int& own = rank[static_cast<std::size_t>(value)];
                if (own >= 0)
                    fault(node.where, "named-twice",
                          fmt::format("{} names '{}' of issue '{}' twice", name_, node.text, model_.issues[issue].id),
                          "leave one of them");
                own = next;
            };
            for (const Node& item : list.items) {
                if (item.kind == Node::Kind::Array) std::ranges::for_each(item.items, take);
                else take(item);
                ++next;
            }
            for (std::size_t v = 0; v < rank.size(); ++v) {
                if (rank[v] < 0)
                    fault(list.where, "missing-value",
                          fmt::format("the order of '{}' in {} lacks '{}'", model_.issues[issue].id, name_,
                                      model_.issues[issue].values[v]),
                          "name every value; alike ones stand in an array of their own");
            }
            out.ranks[issue] = rank;
        });
    }

    void read_at_least(TableReader& reader, Preference& out) {
        const Node* node = reader.node("at_least");
        if (!node) return;
        out.at_least_where = node->key_where;
        if (!out.has_points)
            fault(node->where, "no-points", fmt::format("{} asks for points and gives an order", name_),
                  "leave at_least out, or give points");
        else out.at_least = points_of(*node, "at_least");
    }

    void read_red_lines(TableReader& reader, Preference& out) {
        for (const Node* line : reader.tables("red_lines")) {
            RedLine red{{}, line->where};
            each_issue(*line, "red_lines", [&](std::size_t issue, const Node& node) {
                const int value = node.kind == Node::Kind::Text ? value_of(issue, node.text, node.where) : -1;
                if (node.kind != Node::Kind::Text)
                    fault(node.where, "wrong-type", "a red line names one value of an issue",
                          "write issue = \"value\"");
                if (value >= 0) red.picks.push_back({static_cast<int>(issue), value});
            });
            if (line->members.empty())
                fault(line->where, "empty-red-line", fmt::format("a red line of {} names nothing", name_),
                      "write { issue = \"value\" }");
            out.red_lines.push_back(std::move(red));
        }
    }

    void read_consents(TableReader& reader, Preference& out) {
        const Node* table = reader.node("consents");
        if (!table) return;
        each_issue(*table, "consents", [&](std::size_t issue, const Node& node) {
            const auto take = [&](const Node& one) {
                const int value = one.kind == Node::Kind::Text ? value_of(issue, one.text, one.where) : -1;
                if (one.kind != Node::Kind::Text)
                    fault(one.where, "wrong-type", "a consent names values", "write issue = [\"value\", \"other\"]");
                if (value >= 0) out.consents[issue][static_cast<std::size_t>(value)] = 1;
            };
            if (node.kind == Node::Kind::Array) std::ranges::for_each(node.items, take);
            else take(node);
        });
    }

    PackageModel& model_;
    Diagnostics& faults_;
    std::string name_;
};

void read_issue(const Node& table, PackageModel& model, Diagnostics& faults) {
    PackageIssue out;
    out.where = table.where;
    TableReader reader(table, faults, "this issue");
    out.id = reader.id("id");
    out.title = reader.text_or("title", out.id);
    out.values = reader.texts("values");
    const std::string today = reader.text("today");
    out.concerns = reader.texts("concerns");
    reader.finish();
    const std::string name = fmt::format("issue '{}'", out.id);
    if (place_of(out.id, ids_of(model.issues)) >= 0)
        reader.fault(table.where, "named-twice", fmt::format("{} stands here twice", name), "give it another id");
    const Node* values = table.find("values");
    if (out.values.empty())
        reader.fault(values ? values->where : table.where, "missing-key", fmt::format("{} has no values", name),
                     "add values = [\"one\", \"other\"]");
    for (std::size_t v = 0; v < out.values.size(); ++v) {
        if (place_of(out.values[v], out.values) != static_cast<int>(v))
            reader.fault(values->where, "named-twice", fmt::format("{} has '{}' twice", name, out.values[v]),
                         "leave one of them");
    }
    out.today = place_of(today, out.values);
    if (out.today < 0 && !today.empty() && !out.values.empty())
        reader.fault(table.find("today")->where, "unknown-value", fmt::format("{} has no value '{}'", name, today),
                     near_or_all(today, out.values));
    out.today = std::max(out.today, 0);
    model.issues.push_back(std::move(out));
}

void read_party(const Node& table, PackageModel& model, Diagnostics& faults) {
    PackageParty out;
    out.where = table.where;
    TableReader reader(table, faults, "this party");
    out.id = reader.id("id");
    out.title = reader.text_or("title", out.id);
    reader.finish();
    if (place_of(out.id, ids_of(model.parties)) >= 0)
        reader.fault(table.where, "named-twice", fmt::format("party '{}' stands here twice", out.id),
                     "give it another id");
    model.parties.push_back(std::move(out));
}

/// Sets, and one preference of each party in each.
void check_sets(PackageModel& model, Diagnostics& faults) {
    for (const auto& one : model.preferences) {
        if (!one.set.empty() && place_of(one.set, model.sets) < 0) model.sets.push_back(one.set);
    }
    if (model.sets.empty()) model.sets.emplace_back();
    for (std::size_t p = 0; p < model.parties.size(); ++p) {
        for (const auto& set : model.sets) {
            std::vector<const Preference*> own;
            for (const auto& one : model.preferences) {
                if (one.party == static_cast<int>(p) && (one.set.empty() || one.set == set)) own.push_back(&one);
            }
            const std::string in_set = set.empty() ? "" : fmt::format(" in set '{}'", set);
            if (own.empty())
                faults.push_back({Fault::Data, "no-preference", model.parties[p].where,
                                  fmt::format("party '{}' has no preference{}", model.parties[p].id, in_set),
                                  "add a [[preference]] with author, date and source"});
            if (own.size() > 1)
                faults.push_back({Fault::Data, "two-preferences", own[1]->where,
                                  fmt::format("party '{}' has two preferences{}", model.parties[p].id, in_set),
                                  "name the set of each: set = \"...\""});
        }
    }
}

void check_size(const PackageModel& model, Diagnostics& faults) {
    const auto fault = [&](std::string code, const Where& where, std::string what, std::string cure) {
        faults.push_back({Fault::Data, std::move(code), where, std::move(what), std::move(cure)});
    };
    if (model.issues.empty())
        fault("missing-key", {model.path}, "there is no issue", "add [[issue]] with id, values and today");
    if (model.parties.empty()) fault("missing-key", {model.path}, "there is no party", "add [[party]] with an id");
    if (model.parties.size() > methods::most_parties)
        fault("too-many-parties", model.parties[methods::most_parties].where,
              fmt::format("there are {} parties; {} can be weighed", model.parties.size(), methods::most_parties),
              "let those who prefer alike stand as one");
    const bool ordered = std::ranges::any_of(model.preferences, [](const auto& one) { return !one.has_points; });
    const std::int64_t most = ordered ? most_ordered_packages : most_packages;
    std::int64_t packages = 1;
    for (const auto& issue : model.issues) {
        packages *= static_cast<std::int64_t>(std::max<std::size_t>(issue.values.size(), 1));
        if (packages <= most) continue;
        fault("too-many-packages", issue.where,
              fmt::format("with issue '{}' there are more than {} packages{}", issue.id, most,
                          ordered ? ", as many as orders can be looked through" : ""),
              "leave out values that nobody would take, or part the issues into two files");
        return;
    }
}

/// Faults of a pack as those of a user's own file.
void as_data(Diagnostics& faults) {
    for (Error& one : faults) {
        one.fault = Fault::Data;
        if (one.code == "unreadable") one.what = "this file cannot be read";
    }
}

}  // namespace

std::int64_t PackageModel::packages() const {
    std::int64_t out = 1;
    for (const auto& issue : issues) out *= static_cast<std::int64_t>(issue.values.size());
    return out;
}

const Preference& PackageModel::preference(int party, const std::string& set) const {
    return *std::ranges::find_if(
        preferences, [&](const auto& one) { return one.party == party && (one.set.empty() || one.set == set); });
}

std::string PackageModel::words(const std::vector<int>& values) const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < issues.size(); ++i)
        out.push_back(fmt::format("{} = {}", issues[i].id, issues[i].values[static_cast<std::size_t>(values[i])]));
    return join(out, ", ");
}

std::string PackageModel::changes(const std::vector<int>& values) const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < issues.size(); ++i) {
        if (values[i] != issues[i].today)
            out.push_back(fmt::format("{} = {}", issues[i].id, issues[i].values[static_cast<std::size_t>(values[i])]));
    }
    return out.empty() ? "all as today" : join(out, ", ");
}

PackageModel load_packages(const std::string& path, const std::vector<std::string>& private_files,
                           Diagnostics& faults) {
    PackageModel model;
    model.path = path;
    const auto root = pack::load_toml(path);
    if (!root) {
        faults.push_back(root.error());
        as_data(faults);
        return model;
    }
    TableReader reader(*root, faults, "this file");
    if (const Node* head = reader.node("package"); head && head->kind == Node::Kind::Table) {
        TableReader about(*head, faults, "[package]");
        model.title = about.text("title");
        model.note = about.text_or("note", "");
        model.tolerance = about.number_or("tolerance", 0);
        if (model.tolerance < 0 || model.tolerance > 5)
            about.fault(head->find("tolerance")->where, "out-of-range",
                        fmt::format("a tolerance of {} points", number_text(model.tolerance)), "give 0 to 5");
        about.finish();
    } else {
        reader.fault({path}, "missing-key", "this file has no [package]", "add [package] with a title");
    }
    for (const Node* table : reader.tables("issue")) read_issue(*table, model, faults);
    for (const Node* table : reader.tables("party")) read_party(*table, model, faults);
    PreferenceReader preferences(model, faults);
    for (const Node* table : reader.tables("preference")) preferences.read(*table);
    reader.finish();
    std::vector<pack::Node> others;
    for (const auto& file : private_files) {
        auto other = pack::load_toml(file);
        if (!other) {
            faults.push_back(other.error());
            continue;
        }
        TableReader own(*other, faults, "a file of preferences");
        for (const Node* table : own.tables("preference")) preferences.read(*table);
        own.finish();
    }
    check_size(model, faults);
    if (faults.empty()) check_sets(model, faults);
    as_data(faults);
    return model;
}

std::string points_text(std::int64_t millionths) {
    return number_text(static_cast<double>(millionths) / methods::points_unit, 2);
}

}  // namespace icosa::respond
