/// The only file that knows CBC.
#include "methods/allocation/exact_plan.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include <coin/Cbc_C_Interface.h>

#include "methods/allocation/allocation_rules.hpp"
#include "methods/allocation/claim_flow.hpp"

namespace icosa::methods {
namespace {

/// A linear program with whole variables, built row by row.
class Program {
public:
    Program() : model_(Cbc_newModel()) { Cbc_setLogLevel(model_.get(), 0); }

    int add(double low, double high, bool whole) {
        Cbc_addCol(model_.get(), "", low, high, 0, static_cast<char>(whole ? 1 : 0), 0, nullptr, nullptr);
        return columns_++;
    }
    void reward(int column, double by) { Cbc_setObjCoeff(model_.get(), column, -by); }

    struct Term {
        int column;
        double times;
    };
    void add_row(const std::vector<Term>& terms, char sense, double bound) {
        std::vector<int> columns;
        std::vector<double> times;
        for (const Term& term : terms) {
            columns.push_back(term.column);
            times.push_back(term.times);
        }
        Cbc_addRow(model_.get(), "", static_cast<int>(columns.size()), columns.data(), times.data(), sense, bound);
    }

    enum class End { Found, None, Stopped };
    /// gap: how far the best may lie from what is proven; below 1 where the aim is a whole number, it is proven all the
    /// same.
    End solve(int nodes, const char* gap) {
        for (const auto& [name, value] : {std::pair("ratioGap", "0"), std::pair("allowableGap", gap)})
            Cbc_setParameter(model_.get(), name, value);
        Cbc_setParameter(model_.get(), "maxNodes", std::to_string(nodes).c_str());
        Cbc_solve(model_.get());
        if (Cbc_isProvenInfeasible(model_.get())) return End::None;
        const double* best = Cbc_bestSolution(model_.get());
        if (!best) return Cbc_isProvenOptimal(model_.get()) ? End::None : End::Stopped;
        values_.assign(best, best + columns_);
        proven_ = Cbc_isProvenOptimal(model_.get()) != 0;
        return End::Found;
    }
    [[nodiscard]] Places whole(int column) const {
        return static_cast<Places>(std::llround(values_[static_cast<std::size_t>(column)]));
    }
    [[nodiscard]] bool is_proven() const { return proven_; }

private:
    struct Delete {
        void operator()(Cbc_Model* model) const { Cbc_deleteModel(model); }
    };
    std::unique_ptr<Cbc_Model, Delete> model_;
    int columns_ = 0;
    bool proven_ = false;
    std::vector<double> values_;
};

using Terms = std::vector<Program::Term>;

/// The columns of the plan.
struct Columns {
    std::vector<std::vector<int>> needs;  ///< z[claimants][fields]
    std::vector<int> hosts;  ///< x[groups][fields][hosts][years], -1 = not taught or not taken
};

/// Places by need and by host, before it is said who of a group goes where.
struct Hosted {
    std::vector<std::vector<Places>> needs;  ///< [claimants][fields]
    std::vector<Places> hosts;  ///< [groups][fields][hosts][years]
};

/// Who of a group goes where is nobody's loss: claimants in their order fill hosts in theirs.
Plan plan_of(const ClaimsProblem& problem, Hosted hosted) {
    const auto fields = static_cast<std::size_t>(problem.fields);
    const std::size_t years = problem.year_limits.size();
    Plan out;
    out.exists = true;
    out.awards.assign(problem.claimants.size(), 0);
    for (std::size_t i = 0; i < problem.claimants.size(); ++i) {
        const auto g = static_cast<std::size_t>(problem.claimants[i].group);
        for (std::size_t f = 0; f < fields; ++f) {
            Places open = hosted.needs[i][f];
            out.awards[i] += open;
            for (std::size_t h = 0; h < problem.hosts.size(); ++h) {
                for (std::size_t y = 0; y < years && open > 0; ++y) {
                    Places& left = hosted.hosts[((g * fields + f) * problem.hosts.size() + h) * years + y];
                    const Places here = std::min(open, left);
                    if (here <= 0) continue;
                    left -= here;
                    open -= here;
                    out.rows.push_back({i, f, h, y, here});
                    out.cost += static_cast<double>(here) * problem.hosts[h].cost;
                }
            }
        }
        out.placed += out.awards[i];
    }
    return out;
}

/// A plan by a rule's own flow, classes that come out too small closed and the rest given anew; none where that leads
/// nowhere. Each year of a host stands as a host of its own meanwhile.
std::optional<Plan> plan_by_flow(const ClaimsProblem& problem, AllocationRule rule) {
    const auto fields = static_cast<std::size_t>(problem.fields);
    const std::size_t hosts = problem.hosts.size(), years = problem.year_limits.size(), groups = problem.groups.size();
    ClaimsProblem open = problem;
    open.hosts.clear();
    for (const auto& host : problem.hosts) {
        for (std::size_t y = 0; y < years; ++y) {
            open.hosts.push_back(host);
            for (std::size_t z = 0; z < years; ++z) open.hosts.back().capacity[z] = z == y ? host.capacity[y] : 0;
        }
    }
    constexpr int most_rounds = 12;
    for (int round = 0; round < most_rounds; ++round) {
        ClaimFlow flow(open);
        if (!flow.is_feasible()) return std::nullopt;
        give_by_rule(flow, open, rule);
        Hosted hosted{flow.by_field(), std::vector<Places>(groups * fields * hosts * years, 0)};
        bool closed = false;
        for (std::size_t h = 0; h < hosts; ++h) {
            for (std::size_t y = 0; y < years; ++y) {
                for (std::size_t f = 0; f < fields; ++f) {
                    Places size = 0;
                    for (std::size_t g = 0; g < groups; ++g) {
                        const Places here = flow.by_host(g, f, h * years + y, y);
                        hosted.hosts[((g * fields + f) * hosts + h) * years + y] = here;
                        size += here;
                    }
                    if (size == 0 || size >= problem.hosts[h].least_class) continue;
                    open.hosts[h * years + y].fields[f] = 0;
                    closed = true;
                }
            }
        }
        if (!closed) return plan_of(problem, std::move(hosted));
    }
    return std::nullopt;
}

/// Builds the program for each stage of a search.
class Planner {
public:
    explicit Planner(const ClaimsProblem& problem)
        : problem_(problem), fields_(static_cast<std::size_t>(problem.fields)), years_(problem.year_limits.size()) {}

    /// Claimants have at least these places, besides their floors.
    void ask(std::vector<Places> least) { least_ = std::move(least); }
    void ask_in_all(Places least) { in_all_ = least; }
    void ask_near(std::vector<Places> awards) { near_ = std::move(awards); }

    /// What a search goes for: the aim itself, places in all, or awards near those asked for.
    enum class Stage { Aim, InAll, Near };

    Program::End solve(PlanAim aim, Stage stage, int nodes, Plan& out) const {
        Program program;
        const Columns columns = limited(program);
        const bool whole = stage != Stage::Aim;
        if (stage == Stage::Near) aim_near(program, columns);
        else aim_at(program, columns, aim, stage == Stage::InAll);
        const auto end = program.solve(nodes, whole ? "0.99" : "0");
        if (end == Program::End::Found) read(program, columns, out);
        return end;
    }

private:
    [[nodiscard]] std::size_t at(std::size_t g, std::size_t f, std::size_t h, std::size_t y) const {
        return ((g * fields_ + f) * problem_.hosts.size() + h) * years_ + y;
    }
    template <class Visit> void each_host_place(const Visit& visit) const {
        for (std::size_t g = 0; g < problem_.groups.size(); ++g) {
            for (std::size_t f = 0; f < fields_; ++f) {
                for (std::size_t h = 0; h < problem_.hosts.size(); ++h) {
                    for (std::size_t y = 0; y < years_; ++y) visit(g, f, h, y);
                }
            }
        }
    }

    [[nodiscard]] Columns limited(Program& program) const {
        Columns out;
        const double total = static_cast<double>(problem_.total);
        for (const auto& one : problem_.claimants) {
            auto& row = out.needs.emplace_back();
            for (const Places need : one.needs)
                row.push_back(program.add(
                    0, problem_.may_exceed_need ? total : std::min(static_cast<double>(need), total), true));
        }
        out.hosts.assign(problem_.groups.size() * fields_ * problem_.hosts.size() * years_, -1);
        each_host_place([&](auto g, auto f, auto h, auto y) {
            const auto& host = problem_.hosts[h];
            if (host.fields[f] && host.groups[g]) out.hosts[at(g, f, h, y)] = program.add(0, total, true);
        });
        limit_claimants(program, out);
        limit_hosts(program, out);
        return out;
    }

    void limit_claimants(Program& program, const Columns& columns) const {
        Terms all;
        std::vector<Terms> of_group(problem_.groups.size());
        std::vector<Terms> balance(problem_.groups.size() * fields_);
        for (std::size_t i = 0; i < problem_.claimants.size(); ++i) {
            const auto& one = problem_.claimants[i];
            Terms own;
            for (std::size_t f = 0; f < fields_; ++f) {
                own.push_back({columns.needs[i][f], 1});
                balance[static_cast<std::size_t>(one.group) * fields_ + f].push_back({columns.needs[i][f], -1});
            }
            auto& group = of_group[static_cast<std::size_t>(one.group)];
            group.insert(group.end(), own.begin(), own.end());
            all.insert(all.end(), own.begin(), own.end());
            const Places least = least_.empty() ? one.floor : std::max(one.floor, least_[i]);
            if (least > 0) program.add_row(own, 'G', static_cast<double>(least));
            if (one.cap < (problem_.may_exceed_need ? problem_.total : one.need()))
                program.add_row(own, 'L', static_cast<double>(one.cap));
        }
        for (std::size_t g = 0; g < of_group.size(); ++g) {
            const ClaimGroup& group = problem_.groups[g];
            if (group.floor > 0) program.add_row(of_group[g], 'G', static_cast<double>(group.floor));
            if (group.cap < no_limit) program.add_row(of_group[g], 'L', static_cast<double>(group.cap));
        }
        program.add_row(all, 'L', static_cast<double>(problem_.total));
        const Places least = std::max(problem_.must_place_all ? problem_.total : 0, in_all_);
        if (least > 0) program.add_row(all, 'G', static_cast<double>(least));
        each_host_place([&](auto g, auto f, auto h, auto y) {
            if (const int x = columns.hosts[at(g, f, h, y)]; x >= 0) balance[g * fields_ + f].push_back({x, 1});
        });
        for (const Terms& terms : balance) {
            if (!terms.empty()) program.add_row(terms, 'E', 0);
        }
    }

    void limit_hosts(Program& program, const Columns& columns) const {
        std::vector<Terms> of_year(years_);
        for (std::size_t h = 0; h < problem_.hosts.size(); ++h) {
            const auto& host = problem_.hosts[h];
            for (std::size_t y = 0; y < years_; ++y) {
                Terms whole;
                const double capacity = static_cast<double>(std::min(host.capacity[y], problem_.total));
                for (std::size_t f = 0; f < fields_; ++f) {
                    Terms lesson;
                    for (std::size_t g = 0; g < problem_.groups.size(); ++g) {
                        if (const int x = columns.hosts[at(g, f, h, y)]; x >= 0) lesson.push_back({x, 1});
                    }
                    whole.insert(whole.end(), lesson.begin(), lesson.end());
                    if (host.least_class < 2 || lesson.empty()) continue;
                    if (host.least_class > std::min(host.capacity[y], problem_.total)) {
                        program.add_row(lesson, 'L', 0);  // no class can be held
                        continue;
                    }
                    const int held = program.add(0, 1, true);
                    Terms least = lesson, most = lesson;
                    least.push_back({held, -static_cast<double>(host.least_class)});
                    most.push_back({held, -std::min(capacity, static_cast<double>(need_of_field(f)))});
                    program.add_row(least, 'G', 0);
                    program.add_row(most, 'L', 0);
                }
                if (whole.empty()) continue;
                program.add_row(whole, 'L', capacity);
                of_year[y].insert(of_year[y].end(), whole.begin(), whole.end());
            }
        }
        for (std::size_t y = 0; y < years_; ++y) {
            if (problem_.year_limits[y] < problem_.total && !of_year[y].empty())
                program.add_row(of_year[y], 'L', static_cast<double>(problem_.year_limits[y]));
        }
    }

    /// What all claimants need in a field: no class is larger.
    [[nodiscard]] Places need_of_field(std::size_t field) const {
        Places out = 0;
        for (const auto& one : problem_.claimants) out += one.needs[field];
        return problem_.may_exceed_need ? problem_.total : out;
    }

    void aim_at(Program& program, const Columns& columns, PlanAim aim, bool in_all_only) const {
        if (aim == PlanAim::LeastServed && !in_all_only) {
            const int share = program.add(0, 1, false);
            program.reward(share, 1);
            for (std::size_t i = 0; i < problem_.claimants.size(); ++i) {
                if (problem_.claimants[i].need() == 0) continue;
                Terms terms = {{share, -static_cast<double>(problem_.claimants[i].need())}};
                for (const int z : columns.needs[i]) terms.push_back({z, 1});
                program.add_row(terms, 'G', 0);
            }
            return;
        }
        if (aim == PlanAim::Cost && !in_all_only) {
            each_host_place([&](auto g, auto f, auto h, auto y) {
                if (const int x = columns.hosts[at(g, f, h, y)]; x >= 0) program.reward(x, -problem_.hosts[h].cost);
            });
            return;
        }
        for (std::size_t i = 0; i < problem_.claimants.size(); ++i) {
            const double weight = aim == PlanAim::MostPlaces ? problem_.claimants[i].weight : 1;
            for (const int z : columns.needs[i]) program.reward(z, weight);
        }
    }

    /// The least sum of differences from the awards asked for.
    void aim_near(Program& program, const Columns& columns) const {
        for (std::size_t i = 0; i < problem_.claimants.size(); ++i) {
            const int off = program.add(0, static_cast<double>(problem_.total), false);
            program.reward(off, -1);
            const double target = static_cast<double>(near_[i]);
            Terms above = {{off, -1}}, below = {{off, 1}};
            for (const int z : columns.needs[i]) {
                above.push_back({z, 1});
                below.push_back({z, 1});
            }
            program.add_row(above, 'L', target);
            program.add_row(below, 'G', target);
        }
    }

    void read(const Program& program, const Columns& columns, Plan& out) const {
        Hosted hosted;
        for (const auto& needs : columns.needs) {
            auto& row = hosted.needs.emplace_back();
            for (const int z : needs) row.push_back(program.whole(z));
        }
        for (const int x : columns.hosts) hosted.hosts.push_back(x < 0 ? 0 : program.whole(x));
        const bool proven = out.is_proven && program.is_proven();
        out = plan_of(problem_, std::move(hosted));
        out.is_proven = proven;
    }

    const ClaimsProblem& problem_;
    std::size_t fields_, years_;
    std::vector<Places> least_, near_;
    Places in_all_ = 0;
};

/// The least share of need met, as a fraction, over claimants that need anything.
void find_least_share(const ClaimsProblem& problem, Plan& plan) {
    plan.least_places = 1;
    plan.least_need = 1;
    for (std::size_t i = 0; i < plan.awards.size(); ++i) {
        const Places need = problem.claimants[i].need();
        if (need > 0 && plan.awards[i] * plan.least_need < plan.least_places * need) {
            plan.least_places = plan.awards[i];
            plan.least_need = need;
        }
    }
}

}  // namespace

namespace {

/// The stages of the search for an aim.
Plan searched(const ClaimsProblem& problem, PlanAim aim, int nodes) {
    using enum Planner::Stage;
    Planner planner(problem);
    Plan out;
    const auto search = [&](Planner::Stage stage) {
        const auto end = planner.solve(aim, stage, nodes, out);
        out.is_proven = out.is_proven && end != Program::End::Stopped;
        return end == Program::End::Found;
    };
    if (!search(aim == PlanAim::Cost ? InAll : Aim)) return out;
    if (aim == PlanAim::Cost) {
        planner.ask_in_all(out.placed);
        search(Aim);
    }
    if (aim == PlanAim::LeastServed) {
        find_least_share(problem, out);
        std::vector<Places> least;
        for (const auto& one : problem.claimants)
            least.push_back((out.least_places * one.need() + out.least_need - 1) / out.least_need);
        planner.ask(std::move(least));
        search(InAll);
        planner.ask_in_all(out.placed);
        planner.ask_near(allocate(problem, AllocationRule::Proportional));
        search(Near);
    }
    return out;
}

/// The plan in proportion, if no plan at all can serve the least served better or place more.
std::optional<Plan> plan_in_proportion(const ClaimsProblem& problem) {
    auto out = plan_by_flow(problem, AllocationRule::Proportional);
    if (!out || out->awards != allocate(problem, AllocationRule::Proportional)) return std::nullopt;
    Plan bound;
    bound.awards = allocate(problem, AllocationRule::Maximin);
    find_least_share(problem, bound);
    find_least_share(problem, *out);
    if (out->least_places * bound.least_need != bound.least_places * out->least_need) return std::nullopt;
    return out;
}

}  // namespace

Result<Plan> exact_plan(const ClaimsProblem& problem, PlanAim aim, int nodes) {
    Plan out;
    if (!ClaimFlow(problem).is_feasible()) return out;
    std::optional<Plan> known;
    if (aim == PlanAim::LeastServed && !problem.may_exceed_need) known = plan_in_proportion(problem);
    out = known ? std::move(*known) : searched(problem, aim, nodes);
    if (!out.exists && !out.is_proven && !problem.may_exceed_need) {
        for (const auto rule : {AllocationRule::Maximin, AllocationRule::Proportional}) {
            auto some = plan_by_flow(problem, rule);
            if (!some) continue;
            out = std::move(*some);
            out.is_proven = false;
            break;
        }
    }
    if (!out.exists) return out;
    find_least_share(problem, out);
    if (!keeps_limits(problem, out))
        return fail(Fault::Data, "plan-unchecked", {}, "the plan that was found does not keep all limits",
                    "numbers of very different size may be the cause: state them in larger units");
    return out;
}

bool keeps_limits(const ClaimsProblem& problem, const Plan& plan) {
    const auto fields = static_cast<std::size_t>(problem.fields);
    const std::size_t hosts = problem.hosts.size(), years = problem.year_limits.size();
    std::vector<Places> by_claimant(problem.claimants.size()), by_group(problem.groups.size()), by_year(years),
        by_host(hosts * years), by_class(fields * hosts * years), by_need(problem.claimants.size() * fields);
    Places all = 0;
    for (const PlannedPlaces& row : plan.rows) {
        const auto group = static_cast<std::size_t>(problem.claimants[row.claimant].group);
        const HostOfPlaces& host = problem.hosts[row.host];
        if (row.places <= 0 || !host.fields[row.field] || !host.groups[group]) return false;
        all += row.places;
        by_claimant[row.claimant] += row.places;
        by_group[group] += row.places;
        by_year[row.year] += row.places;
        by_host[row.host * years + row.year] += row.places;
        by_class[(row.field * hosts + row.host) * years + row.year] += row.places;
        by_need[row.claimant * fields + row.field] += row.places;
    }
    bool good = all == plan.placed && all <= problem.total && (!problem.must_place_all || all == problem.total);
    for (std::size_t i = 0; i < by_claimant.size(); ++i) {
        const Claimant& one = problem.claimants[i];
        good = good && by_claimant[i] == plan.awards[i] && by_claimant[i] >= one.floor && by_claimant[i] <= one.cap;
        for (std::size_t f = 0; f < fields; ++f)
            good = good && (problem.may_exceed_need || by_need[i * fields + f] <= one.needs[f]);
    }
    for (std::size_t g = 0; g < by_group.size(); ++g)
        good = good && by_group[g] >= problem.groups[g].floor && by_group[g] <= problem.groups[g].cap;
    for (std::size_t y = 0; y < years; ++y) good = good && by_year[y] <= problem.year_limits[y];
    for (std::size_t h = 0; h < hosts; ++h) {
        for (std::size_t y = 0; y < years; ++y) {
            good = good && by_host[h * years + y] <= problem.hosts[h].capacity[y];
            for (std::size_t f = 0; f < fields; ++f) {
                const Places here = by_class[(f * hosts + h) * years + y];
                good = good && (here == 0 || here >= problem.hosts[h].least_class);
            }
        }
    }
    return good;
}

}  // namespace icosa::methods
