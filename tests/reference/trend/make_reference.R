# Reference numbers for trend and decomposition: R's own stl and cor.test, and the two corrections for serial correlation in plain R.
# Run: Rscript make_reference.R, in this folder. Made with R 4.2.2 (2022-11-10).
options(digits = 17)
set.seed(20230221)
write <- function(table, file) write.csv(table, file, row.names = FALSE, quote = FALSE, na = "")

# ---- stl ----
series <- list(
  monthly = list(x = round(100 + 0.4 * (1:125) + 12 * sin(2 * pi * (1:125) / 12) + rnorm(125, 0, 3), 3), season = 12),
  quarterly = list(x = round(50 + cumsum(rnorm(43, 0.2, 1)) + rep_len(c(4, -1, -5, 2), 43), 3), season = 4),
  weekday = list(x = round(rep_len(c(9, 11, 12, 11, 13, 4, 2), 99) * (1 + (1:99) / 80) + rnorm(99, 0, 1), 3), season = 7)
)
series$monthly$x[c(20, 61, 62, 100)] <- series$monthly$x[c(20, 61, 62, 100)] + c(60, -45, 70, 80)
series$quarterly$x[c(10, 30)] <- c(90, 20)
# Robust cases have an odd number of values: with an even one R's program asks its partial sort for two ranks in falling order, which that does not
# allow, so that its median of the sizes of the remainders is at times another value.
series$even <- list(x = series$monthly$x[1:120], season = 12)
cases <- list(
  list("monthly", "periodic", FALSE, 0), list("monthly", "periodic", TRUE, 0), list("monthly", 7, FALSE, 0), list("monthly", 7, TRUE, 0),
  list("monthly", 13, TRUE, 25), list("monthly", 35, TRUE, 0), list("quarterly", "periodic", TRUE, 0), list("quarterly", 5, FALSE, 0),
  list("quarterly", 9, TRUE, 0), list("weekday", 7, TRUE, 0), list("weekday", 21, FALSE, 31), list("weekday", "periodic", TRUE, 0),
  list("monthly", 11, TRUE, 0, 1), list("quarterly", 7, FALSE, 0, 1), list("even", 9, FALSE, 0), list("even", "periodic", FALSE, 0)
)
rows <- NULL
for (case in cases) {
  one <- series[[case[[1]]]]
  args <- list(ts(one$x, frequency = one$season), s.window = case[[2]], robust = case[[3]])
  if (case[[4]] > 0) args$t.window <- case[[4]]
  degree <- if (length(case) > 4) case[[5]] else 0
  args$s.degree <- degree
  fit <- do.call(stl, args)
  rows <- rbind(rows, data.frame(series = case[[1]], season = one$season, seasonal_window = if (case[[2]] == "periodic") 0 else case[[2]], robust = as.integer(case[[3]]),
    seasonal_degree = degree, trend_window = case[[4]], index = seq_along(one$x), x = one$x, seasonal = as.numeric(fit$time.series[, "seasonal"]), trend = as.numeric(fit$time.series[, "trend"]), weight = fit$weights))
}
write(rows, "stl.csv")

# ---- Mann-Kendall ----
sen <- function(x) { d <- outer(seq_along(x), seq_along(x), "-"); s <- outer(x, x, "-") / d; median(s[lower.tri(s)]) }
kendall_s <- function(x) { s <- sign(outer(x, x, "-")); sum(s[lower.tri(s)]) }
plain_variance <- function(x) { n <- length(x); t <- table(x); (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5))) / 18 }
hamed_rao <- function(x) {
  n <- length(x)
  r <- acf(rank(x - sen(x) * seq_along(x)), lag.max = n - 3, plot = FALSE)$acf[-1]
  k <- seq_along(r)
  r[abs(r) <= qnorm(0.975) / sqrt(n)] <- 0
  max(1, 1 + 2 / (n * (n - 1) * (n - 2)) * sum((n - k) * (n - k - 1) * (n - k - 2) * r))
}
yue_wang <- function(x) {
  n <- length(x)
  r <- acf(x - sen(x) * seq_along(x), lag.max = 1, plot = FALSE)$acf[2]
  r <- min(0.99, max(0, (n * r + 2) / (n - 4)))
  k <- 1:(n - 1)
  1 + 2 * sum((1 - k / n) * r^k)
}
inputs <- list(
  white = round(rnorm(25), 2), tied = rpois(40, 2), rising = round((1:30) / 8 + rnorm(30), 1), falling = round(-(1:18) / 3 + rnorm(18), 2),
  ar = round(as.numeric(arima.sim(list(ar = 0.6), 60)), 3), ar_rising = round(as.numeric(arima.sim(list(ar = 0.8), 45)) + (1:45) / 10, 3)
)
values <- NULL
tests <- NULL
for (name in names(inputs)) {
  x <- inputs[[name]]
  values <- rbind(values, data.frame(series = name, index = seq_along(x), x = x))
  up <- suppressWarnings(cor.test(x, seq_along(x), method = "kendall", exact = FALSE, continuity = TRUE, alternative = "greater"))
  down <- suppressWarnings(cor.test(x, seq_along(x), method = "kendall", exact = FALSE, continuity = TRUE, alternative = "less"))
  s <- kendall_s(x)
  tests <- rbind(tests, data.frame(series = name, s = s, tau = unname(up$estimate), variance = plain_variance(x), slope = sen(x),
    p_rise = if (s > 0) up$p.value else pnorm((s - 1) / sqrt(plain_variance(x)), lower.tail = FALSE),
    p_fall = if (s < 0) down$p.value else pnorm((s + 1) / sqrt(plain_variance(x))), hamed_rao = hamed_rao(x), yue_wang = yue_wang(x)))
}
write(values, "mann_kendall_series.csv")
write(tests, "mann_kendall.csv")
