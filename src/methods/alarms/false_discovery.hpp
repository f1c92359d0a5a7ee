/// Many questions at once: which of many small p-values may be believed?
#pragma once

#include <span>
#include <vector>

namespace icosa::methods {

/// How the tests hang together: Positive = independent or positively dependent (Benjamini-Hochberg); Any = however
/// (Benjamini-Yekutieli).
enum class Dependence { Positive, Any };

/// Adjusted p-values: rejecting all at most q keeps the expected share of false ones among the rejected at or below q.
///
///     p(1) <= ... <= p(m) sorted:   adjusted(i) = min over j >= i of min(1, c m p(j) / j),   c = 1, or 1 + 1/2 + ... +
///     1/m for Any
///
/// in    p_values[m] in [0, 1], exact tails (an atom counted whole): discrete tests err on the side of silence; NaN =
/// no test, left out of m out   in the order given; NaN stays NaN src   [benjamini1995] step-up rule; [benjamini2001]
/// theorem 1.3, the factor c; [wright1992] adjusted p-values cost  O(m log m) seen  methods/false_discovery_test.cpp:
/// p.adjust of R 4.2.2; share of false discoveries on simulated mixtures
[[nodiscard]] std::vector<double> adjusted_p_values(std::span<const double> p_values, Dependence dependence);

/// Discoveries expected by Benjamini-Hochberg at rate q when every null is true and the tests are independent.
///
///     E = m sum over j = 0 .. m-1 of (j + 1)! C(m - 1, j) (q / m)^(j + 1);   tends to q / (1 - q)^2
///
/// in    tests >= 0;  rate [0, 1)
/// out   0 for no tests. An upper bound for discrete tests
/// src   [finner2002] number of type I errors of the step-up rule; derived here by leaving one test out: m = 1 gives q,
/// m = 2 gives q + q^2 seen  methods/false_discovery_test.cpp: by simulation
[[nodiscard]] double discoveries_expected_by_chance(int tests, double rate);

}  // namespace icosa::methods
