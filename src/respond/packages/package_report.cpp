/// Demands from statements, then every rule over them.
#include "respond/packages/package_report.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "methods/bargaining/pareto_set.hpp"

namespace icosa::respond {
namespace {

using methods::DemandSet;
using methods::PackageDemand;
using methods::Pick;
using methods::PointVector;

/// Trials of other points: at most so many packages looked at in all, which takes about a second.
constexpr double most_trials = 3e7;
constexpr double tried_shares[] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5};

/// Collects the demands of one set.
class DemandList {
public:
    DemandList(const PackageModel& model, SetReport& out, const std::set<DemandKind>& left_out)
        : model_(model), out_(out), left_out_(left_out) {}

    void collect() {
        for (std::size_t p = 0; p < model_.parties.size(); ++p) red_lines(p);
        for (std::size_t p = 0; p < model_.parties.size(); ++p) at_least(p);
        consents();
        for (std::size_t p = 0; p < model_.parties.size(); ++p) no_worse_off(p);
    }

private:
    [[nodiscard]] const Preference& of(std::size_t p) const {
        return model_.preference(static_cast<int>(p), out_.name);
    }
    [[nodiscard]] const std::string& title(std::size_t p) const { return model_.parties[p].title; }

    void add(DemandKind kind, PackageDemand demand, std::string what, const Where& where) {
        if (left_out_.contains(kind)) return;
        out_.demands.push_back(std::move(demand));
        out_.told.push_back({kind, std::move(what), where});
    }

    /// One demand a red line while there is room for them as bits; else one for all of a party.
    void red_lines(std::size_t p) {
        std::size_t all = 0;
        for (std::size_t q = 0; q < model_.parties.size(); ++q) all += of(q).red_lines.size();
        const auto& lines = of(p).red_lines;
        const std::size_t others = 3 * model_.parties.size() + model_.issues.size();
        if (all + others > methods::most_demands && !lines.empty()) {
            PackageDemand demand;
            for (const auto& line : lines) demand.never.push_back(line.picks);
            add(DemandKind::RedLines, std::move(demand), fmt::format("the red lines of {}", title(p)),
                lines.front().where);
            return;
        }
        for (const auto& line : lines) {
            std::vector<std::string> words;
            for (const Pick& pick : line.picks) {
                const auto& issue = model_.issues[static_cast<std::size_t>(pick.issue)];
                words.push_back(fmt::format("{} = {}", issue.id, issue.values[static_cast<std::size_t>(pick.value)]));
            }
            add(DemandKind::RedLines, {{line.picks}, -1, 0},
                fmt::format("red line of {}: never {}", title(p), join(words, " with ")), line.where);
        }
    }

    void at_least(std::size_t p) {
        if (const auto& least = of(p).at_least)
            add(DemandKind::AtLeast, {{}, static_cast<int>(p), *least},
                fmt::format("at least {} points for {}", points_text(*least), title(p)), of(p).at_least_where);
    }

    /// A change on an issue that concerns a state needs its stated consent; a state without a seat has stated none.
    void consents() {
        for (std::size_t i = 0; i < model_.issues.size(); ++i) {
            const auto& issue = model_.issues[i];
            if (issue.concerns.empty()) continue;
            PackageDemand demand;
            for (std::size_t v = 0; v < issue.values.size(); ++v) {
                if (static_cast<int>(v) == issue.today) continue;
                const bool agreed = std::ranges::all_of(issue.concerns, [&](const std::string& state) {
                    const auto party = std::ranges::find(model_.parties, state, &PackageParty::id);
                    return party != model_.parties.end()
                        && of(static_cast<std::size_t>(party - model_.parties.begin())).consents[i][v] != 0;
                });
                if (!agreed) demand.never.push_back({{static_cast<int>(i), static_cast<int>(v)}});
            }
            if (demand.never.empty()) continue;
            add(DemandKind::Consent, std::move(demand),
                fmt::format("consent of {} to any change of '{}'", join(issue.concerns, " and "), issue.id),
                issue.where);
        }
    }

    void no_worse_off(std::size_t p) {
        PackageDemand demand;
        const Preference& own = of(p);
        if (own.has_points) {
            demand.party = static_cast<int>(p);
            demand.least = out_.answers.today[p];
        } else {
            for (std::size_t i = 0; i < model_.issues.size(); ++i) {
                const auto today = static_cast<std::size_t>(model_.issues[i].today);
                for (std::size_t v = 0; v < own.ranks[i].size(); ++v) {
                    if (own.ranks[i][v] > own.ranks[i][today])
                        demand.never.push_back({{static_cast<int>(i), static_cast<int>(v)}});
                }
            }
        }
        add(DemandKind::NoWorseOff, std::move(demand),
            own.has_points
                ? fmt::format("{} no worse off than today ({} points)", title(p), points_text(out_.answers.today[p]))
                : fmt::format("{} no worse off than today on any issue (it gave an order)", title(p)),
            own.where);
    }

    const PackageModel& model_;
    SetReport& out_;
    const std::set<DemandKind>& left_out_;
};

struct PointHash {
    std::size_t operator()(const PointVector& worth) const {
        return static_cast<std::size_t>(hash64({reinterpret_cast<const char*>(worth.data()), sizeof(PointVector)}));
    }
};

/// All packages of the Pareto set, not one for each point.
std::vector<std::int64_t> undominated_packages(const SetReport& set) {
    std::unordered_set<PointVector, PointHash> worths;
    for (const auto& one : methods::pareto_set(set.space, set.demands)) worths.insert(one.worth);
    std::vector<std::int64_t> out;
    methods::PackageWalk(set.space, set.demands)
        .each([&](std::int64_t package, const PointVector& worth, DemandSet broken) {
            if (broken == 0 && worths.contains(worth)) out.push_back(package);
        });
    return out;
}

Error conflict_of(const PackageModel& model, const SetReport& set, const methods::Feasibility& found) {
    std::string what = fmt::format(
        "no package keeps all demands{}; these {} cannot be kept together; with any one of "
        "them given up the others can:",
        set.name.empty() ? "" : fmt::format(" of set '{}'", set.name), found.conflict.size());
    if (found.conflict.size() == 1) what = "no package keeps this demand:";
    for (const auto d : found.conflict) {
        const ToldDemand& one = set.told[d];
        what += fmt::format("\n  {}:{}:{}: {}", one.where.file, one.where.line, one.where.column, one.what);
    }
    const Where first = found.conflict.empty() ? Where{model.path} : set.told[found.conflict.front()].where;
    return {Fault::Data, "no-package", first, what,
            fmt::format("soften one of them, or see what it costs with --drop {}",
                        found.conflict.empty() ? "consent" : demand_kind_name(set.told[found.conflict.front()].kind))};
}

/// What comes of leaving out each kind, and for red lines and least points each party's own.
void find_costs(SetReport& set) {
    std::vector<std::pair<std::string, DemandSet>> groups;
    const auto add = [&](const std::string& name, std::size_t d) {
        auto found = std::ranges::find(groups, name, &std::pair<std::string, DemandSet>::first);
        if (found == groups.end()) found = groups.insert(groups.end(), {name, 0});
        found->second |= DemandSet{1} << d;
    };
    for (std::size_t d = 0; d < set.told.size(); ++d) {
        switch (set.told[d].kind) {
            case DemandKind::NoWorseOff: add("no party worse off than today", d); break;
            case DemandKind::Consent: add("consent of the state concerned", d); break;
            case DemandKind::RedLines:
            case DemandKind::AtLeast: add(set.told[d].what, d); break;
        }
    }
    for (const auto& [name, dropped] : groups)
        set.costs.push_back({name, methods::agreement_rules(set.space, set.demands, dropped)});
    if (groups.size() > 1)
        set.costs.push_back({"all of these", methods::agreement_rules(set.space, set.demands, ~DemandSet{0})});
}

/// Each issue is what its best value adds over the other party's best, for the two who would divide it.
void find_adjusted_winner(SetReport& set) {
    std::vector<double> stakes[2];
    double sums[2] = {0, 0};
    for (const auto& values : set.space.points) {
        std::size_t best[2] = {0, 0};
        for (std::size_t v = 0; v < values.size(); ++v) {
            for (std::size_t p = 0; p < 2; ++p) best[p] = values[v][p] > values[best[p]][p] ? v : best[p];
        }
        for (std::size_t p = 0; p < 2; ++p) {
            stakes[p].push_back(static_cast<double>(values[best[p]][p] - values[best[1 - p]][p]));
            sums[p] += stakes[p].back();
        }
    }
    if (sums[0] > 0 && sums[1] > 0) set.adjusted = methods::adjusted_winner(stakes[0], stakes[1]);
}

void find_sensitivity(SetReport& set) {
    if (set.answers.nash) {
        const auto& worth = set.answers.nash->worth;
        bool all_gain = true;
        for (std::size_t p = 0; p < static_cast<std::size_t>(set.space.parties); ++p)
            all_gain = all_gain && worth[p] > set.answers.today[p];
        if (all_gain) set.nash_ranges = methods::nash_ranges(set.space, set.demands, *set.answers.nash);
        std::ranges::stable_sort(set.nash_ranges, {},
                                 [](const auto& range) { return std::min(1 - range.from, range.to - 1); });
    }
    std::vector<double> factors;
    for (const double share : tried_shares) {
        factors.push_back(1 - share);
        factors.push_back(1 + share);
    }
    const double trials = static_cast<double>(set.space.size()) * set.space.parties
        * static_cast<double>(set.space.points.size() * factors.size());
    if (trials > most_trials) return;
    set.tried = factors;
    std::vector<std::size_t> no_worse;
    for (std::size_t d = 0; d < set.told.size(); ++d) {
        if (set.told[d].kind == DemandKind::NoWorseOff) no_worse.push_back(d);
    }
    set.upsets = methods::tried_factors(set.space, set.demands, no_worse, factors);
}

Result<void> judge_set(const PackageModel& model, SetReport& set) {
    const auto found = methods::feasibility(set.space, set.demands);
    if (found.packages == 0) return std::unexpected(conflict_of(model, set, found));
    set.answers = methods::agreement_rules(set.space, set.demands);
    if (set.has_points) {
        set.undominated = undominated_packages(set);
        if (set.space.parties == 2) find_adjusted_winner(set);
        find_sensitivity(set);
    } else {
        std::vector<std::vector<std::vector<int>>> ranks;
        for (std::size_t p = 0; p < model.parties.size(); ++p) {
            const auto& own = model.preference(static_cast<int>(p), set.name);
            if (!own.has_points) ranks.push_back(own.ranks);
        }
        set.undominated = methods::surely_undominated(set.space, set.demands, ranks);
    }
    find_costs(set);
    return {};
}

/// The package that a rule names in every set, if it is one.
template <class Of> std::optional<std::int64_t> same_in_all(const std::vector<SetReport>& sets, const Of& of) {
    std::optional<std::int64_t> out;
    for (const auto& set : sets) {
        const auto& pick = of(set.answers);
        if (!set.has_points || !pick || pick->ties > 1 || (out && *out != pick->package)) return std::nullopt;
        out = pick->package;
    }
    return out;
}

}  // namespace

std::string demand_kind_name(DemandKind kind) {
    switch (kind) {
        case DemandKind::NoWorseOff: return "no-worse-off";
        case DemandKind::Consent: return "consent";
        case DemandKind::RedLines: return "red-lines";
        case DemandKind::AtLeast: return "at-least";
    }
    return {};
}

SetReport set_out(const PackageModel& model, const std::string& set, const std::set<DemandKind>& left_out) {
    SetReport out;
    out.name = set;
    out.space.parties = static_cast<int>(model.parties.size());
    for (const auto& issue : model.issues) {
        out.space.points.emplace_back(issue.values.size(), PointVector{});
        out.space.today.push_back(issue.today);
    }
    for (std::size_t p = 0; p < model.parties.size(); ++p) {
        const auto& own = model.preference(static_cast<int>(p), set);
        if (!own.has_points) {
            out.has_points = false;
            out.without_points.push_back(model.parties[p].title);
            continue;
        }
        for (std::size_t i = 0; i < model.issues.size(); ++i) {
            for (std::size_t v = 0; v < model.issues[i].values.size(); ++v)
                out.space.points[i][v][p] = own.points[i][v];
        }
    }
    out.answers.today = out.space.worth_of(out.space.number_of(out.space.today));
    DemandList(model, out, left_out).collect();
    return out;
}

Result<PackageReport> judge_packages(const PackageModel& model, const std::set<DemandKind>& left_out) {
    PackageReport out;
    for (const auto& name : model.sets) {
        SetReport set = set_out(model, name, left_out);
        TRY(judge_set(model, set));
        out.sets.push_back(std::move(set));
    }
    out.undominated_in_all = out.sets.front().undominated;
    for (const auto& set : out.sets) {
        std::vector<std::int64_t> both;
        std::ranges::set_intersection(out.undominated_in_all, set.undominated, std::back_inserter(both));
        out.undominated_in_all = std::move(both);
    }
    out.nash_in_all = same_in_all(out.sets, [](const auto& all) { return all.nash; });
    out.kalai_in_all = same_in_all(out.sets, [](const auto& all) { return all.kalai_smorodinsky; });
    out.egalitarian_in_all = same_in_all(out.sets, [](const auto& all) { return all.egalitarian; });
    return out;
}

}  // namespace icosa::respond
