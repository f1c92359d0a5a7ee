/// Circulations with floors, by cycles of what is free.
#include "methods/allocation/claim_flow.hpp"

#include <algorithm>

namespace icosa::methods {

ClaimFlow::ClaimFlow(const ClaimsProblem& problem)
    : fields_(static_cast<std::size_t>(problem.fields)),
      hosts_(problem.hosts.size()),
      years_(problem.year_limits.size()) {
    const auto groups = problem.groups.size(), claimants = problem.claimants.size();
    const auto node = [](std::size_t n) { return static_cast<int>(n); };
    const std::size_t source = 0, sink = 1, first_group = 2, first_claimant = first_group + groups,
                      first_field = first_claimant + claimants, first_host = first_field + groups * fields_,
                      first_year = first_host + hosts_ * years_;
    at_.resize(first_year + years_);
    for (std::size_t g = 0; g < groups; ++g)
        add_edge(node(source), node(first_group + g), problem.groups[g].floor, problem.groups[g].cap);
    for (std::size_t c = 0; c < claimants; ++c) {
        const Claimant& one = problem.claimants[c];
        const auto group = static_cast<std::size_t>(one.group);
        const Places most = problem.may_exceed_need ? one.cap : std::min(one.cap, one.need());
        claimant_edges_.push_back(add_edge(node(first_group + group), node(first_claimant + c), one.floor, most));
        auto& needs = need_edges_.emplace_back(fields_, -1);
        for (std::size_t f = 0; f < fields_; ++f) {
            const Places need = problem.may_exceed_need ? no_limit : one.needs[f];
            if (need > 0)
                needs[f] = add_edge(node(first_claimant + c), node(first_field + group * fields_ + f), 0, need);
        }
    }
    for (std::size_t g = 0; g < groups; ++g) {
        for (std::size_t f = 0; f < fields_; ++f) {
            for (std::size_t h = 0; h < hosts_; ++h) {
                const bool takes = problem.hosts[h].fields[f] && problem.hosts[h].groups[g];
                for (std::size_t y = 0; y < years_; ++y)
                    host_edges_.push_back(takes ? add_edge(node(first_field + g * fields_ + f),
                                                           node(first_host + h * years_ + y), 0, no_limit)
                                                : -1);
            }
        }
    }
    for (std::size_t h = 0; h < hosts_; ++h) {
        for (std::size_t y = 0; y < years_; ++y)
            add_edge(node(first_host + h * years_ + y), node(first_year + y), 0, problem.hosts[h].capacity[y]);
    }
    for (std::size_t y = 0; y < years_; ++y) add_edge(node(first_year + y), node(sink), 0, problem.year_limits[y]);
    all_edge_ = add_edge(node(sink), node(source), problem.must_place_all ? problem.total : 0, problem.total);
    feasible_ = fill();
}

int ClaimFlow::add_edge(int from, int to, Places floor, Places limit) {
    const int edge = static_cast<int>(edges_.size());
    edges_.push_back({from, to, floor, limit});
    at_[static_cast<std::size_t>(from)].push_back(edge);
    at_[static_cast<std::size_t>(to)].push_back(edge);
    return edge;
}

/// A shortest way from the edge's end back to its start: forward where an edge is below its limit, backward where it is
/// above its floor.
Places ClaimFlow::raise(int edge, Places by) {
    auto& own = edges_[static_cast<std::size_t>(edge)];
    by = std::min(by, own.limit - own.flow);
    if (by <= 0) return 0;
    std::vector<int> came_by(at_.size(), -1);
    std::vector<int> queue = {own.to};
    const auto seen = [&](int node) { return node == own.to || came_by[static_cast<std::size_t>(node)] >= 0; };
    for (std::size_t next = 0; next < queue.size() && !seen(own.from); ++next) {
        for (const int e : at_[static_cast<std::size_t>(queue[next])]) {
            if (e == edge) continue;
            const Edge& one = edges_[static_cast<std::size_t>(e)];
            const bool forward = one.from == queue[next];
            const int other = forward ? one.to : one.from;
            if (seen(other) || (forward ? one.limit - one.flow : one.flow - one.floor) <= 0) continue;
            came_by[static_cast<std::size_t>(other)] = e;
            queue.push_back(other);
        }
    }
    if (!seen(own.from)) return 0;
    const auto along = [&](const auto& visit) {
        for (int node = own.from; node != own.to;) {
            Edge& one = edges_[static_cast<std::size_t>(came_by[static_cast<std::size_t>(node)])];
            const bool forward = one.to == node;
            visit(one, forward);
            node = forward ? one.from : one.to;
        }
    };
    along([&](const Edge& one, bool forward) {
        by = std::min(by, forward ? one.limit - one.flow : one.flow - one.floor);
    });
    along([&](Edge& one, bool forward) { one.flow += forward ? by : -by; });
    own.flow += by;
    return by;
}

/// First every floor, then as many places as can be; these stay.
bool ClaimFlow::fill() {
    for (std::size_t e = 0; e < edges_.size(); ++e) {
        while (edges_[e].flow < edges_[e].floor) {
            if (raise(static_cast<int>(e), edges_[e].floor - edges_[e].flow) == 0) return false;
        }
    }
    Edge& all = edges_[static_cast<std::size_t>(all_edge_)];
    while (raise(all_edge_, all.limit - all.flow) > 0) {}
    placed_ = all.floor = all.limit = all.flow;
    return true;
}

bool ClaimFlow::give(std::size_t claimant) {
    const int edge = claimant_edges_[claimant];
    Edge& own = edges_[static_cast<std::size_t>(edge)];
    if (own.flow == own.floor && raise(edge, 1) == 0) return false;
    ++own.floor;
    return true;
}

Places ClaimFlow::given(std::size_t claimant) const {
    return edges_[static_cast<std::size_t>(claimant_edges_[claimant])].floor;
}

std::vector<std::vector<Places>> ClaimFlow::by_field() const {
    std::vector<std::vector<Places>> out;
    for (const auto& needs : need_edges_) {
        auto& row = out.emplace_back();
        for (const int edge : needs) row.push_back(edge < 0 ? 0 : edges_[static_cast<std::size_t>(edge)].flow);
    }
    return out;
}

Places ClaimFlow::by_host(std::size_t group, std::size_t field, std::size_t host, std::size_t year) const {
    const int edge = host_edges_[((group * fields_ + field) * hosts_ + host) * years_ + year];
    return edge < 0 ? 0 : edges_[static_cast<std::size_t>(edge)].flow;
}

}  // namespace icosa::methods
