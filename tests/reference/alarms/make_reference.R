# Reference alarms of R's surveillance on series that this script simulates: what src/methods must equal to 1e-6.
# Run it in the folder it lies in:  Rscript make_reference.R [seed [folder]]
# It writes series.csv (one column a series), cases.csv (method, series, options as flags of `icosa apply`), bounds.csv and VERSIONS.

suppressPackageStartupMessages(library(surveillance))
arguments <- commandArgs(trailingOnly = TRUE)
set.seed(if (length(arguments) > 0) as.integer(arguments[1]) else 20130328)
folder <- if (length(arguments) > 1) arguments[2] else "."
options(warn = -1)

n <- 520
t <- seq_len(n)
season <- function(size) exp(size * cos(2 * pi * (t - 4) / 52))
overdispersed <- function(mu, phi) rnbinom(n, mu = mu, size = mu / (phi - 1))
outbreaks <- function(y, at, times) { y[at] <- y[at] * times; y }

series <- list(
  seasonal    = rpois(n, 30 * season(0.7)),
  sparse      = rpois(n, 0.4 * season(1.2)),
  rare        = rbinom(n, 1, 0.03),
  dispersed   = overdispersed(60 * season(0.4), 6),
  rising      = rpois(n, 12 * season(0.3) * exp(0.004 * t)),
  falling     = overdispersed(900 * season(0.5) * exp(-0.003 * t), 12),
  outbreaks   = outbreaks(overdispersed(20 * season(0.6), 2), c(330:334, 401:403, 470:471), 4),
  constant    = rep(7, n),
  gaps        = replace(rpois(n, 8 * season(0.5)), sample(n - 70, 40), NA)
)

sts_of <- function(y) sts(observed = matrix(y, ncol = 1), start = c(2000, 1), frequency = 52, epoch = seq_along(y), epochAsDate = FALSE)

cases <- NULL
bounds <- NULL
keep <- function(method, name, options, range, expected, upperbound, alarm, newest = 40) {
  at <- tail(seq_along(range), newest)
  range <- range[at]
  expected <- rep_len(expected, length(upperbound))[at]
  upperbound <- upperbound[at]
  alarm <- alarm[at]
  case <- nrow(cases)
  case <- if (is.null(case)) 1 else case + 1
  cases <<- rbind(cases, data.frame(case = case, method = method, series = name, options = options))
  bounds <<- rbind(bounds, data.frame(case = case, index = range, expected = as.numeric(expected), upperbound = as.numeric(upperbound), alarm = as.integer(alarm)))
}

# Runs period by period where the whole range stops R with an error; such a period is left out.
flexible <- function(name, b, w, p, past, wt, pt, alpha, method, power, limit, trend = TRUE, reweight = TRUE, newest = 26) {
  y <- series[[name]]
  range <- max(52 * b + w + 1, n - newest + 1):n
  one <- function(k) {
    r <- suppressMessages(farringtonFlexible(sts_of(y), list(range = k, b = b, w = w, noPeriods = p, pastWeeksNotIncluded = past, weightsThreshold = wt,
      pThresholdTrend = pt, alpha = alpha, thresholdMethod = method, powertrans = power, limit54 = c(limit, 4), trend = trend, reweight = reweight,
      glmWarnings = FALSE)))
    data.frame(k = k, e = r@control$expected[, 1], u = upperbound(r)[, 1], a = alarms(r)[, 1])
  }
  rows <- do.call(rbind, lapply(range, function(k) tryCatch(one(k), error = function(e) NULL)))
  if (is.null(rows)) return(invisible())
  flags <- sprintf("--b %d --w %d --no-periods %d --past-weeks-not-included %d --weights-threshold %g --p-threshold-trend %g --alpha %g --threshold %s --powertrans %s --limit54 %g --trend %s --reweight %s --dispersion surveillance",
    b, w, p, past, wt, pt, alpha, switch(method, nbPlugin = "nb-plugin", method), power, limit, if (trend) "where-significant" else "never", if (reweight) "once" else "never")
  keep("farrington-flexible", name, flags, rows$k, rows$e, rows$u, rows$a)
}

original <- function(name, b, w, alpha, power, limit, trend = TRUE, reweight = TRUE, newest = 26) {
  range <- max(52 * b + w + 1, n - newest + 1):n
  capture.output(r <- suppressMessages(farrington(sts_of(series[[name]]), list(range = range, b = b, w = w, alpha = alpha, powertrans = power, limit54 = c(limit, 4), trend = trend, reweight = reweight))))
  flags <- sprintf("--b %d --w %d --alpha %g --powertrans %s --limit54 %g --trend %s --reweight %s", b, w, alpha, power, limit, if (trend) "where-significant" else "never", if (reweight) "once" else "never")
  keep("farrington", name, flags, range, r@control$pd[, 2], upperbound(r)[, 1], alarms(r)[, 1])
}

ears <- function(name, method, baseline, alpha, sigma, newest = 26) {
  r <- earsC(sts_of(series[[name]]), list(method = method, baseline = baseline, alpha = alpha, minSigma = sigma))
  at <- tail(seq_along(r@control$range), newest)
  flags <- sprintf("--baseline %d --alpha %g --minimum-sigma %g%s", baseline, alpha, sigma, if (method == "C3") " --variant surveillance" else "")
  keep(paste0("ears-", tolower(method)), name, flags, r@control$range[at], NA, upperbound(r)[at, 1], alarms(r)[at, 1])
}

rossi <- function(name, until, k, h) {
  range <- (until + 1):n
  r <- cusum(sts_of(series[[name]]), list(range = range, k = k, h = h, m = NULL, trans = "rossi"))
  keep("cusum-rossi", name, sprintf("--baseline-until %d --k %g --h %g", until, k, h), range, r@control$m, upperbound(r)[, 1], alarms(r)[, 1])
}

likelihood <- function(name, until, limit, theta, alpha) {
  range <- (until + 1):n
  mu0 <- rep(mean(series[[name]][1:until]), length(range))
  control <- list(range = range, c.ARL = limit, mu0 = mu0, theta = theta, ret = "cases")
  if (alpha > 0) control$alpha <- alpha
  r <- if (alpha > 0) glrnb(sts_of(series[[name]]), control) else glrpois(sts_of(series[[name]]), control)
  flags <- sprintf("--baseline-until %d --c-arl %g --theta %.17g%s", until, limit, theta, if (alpha > 0) sprintf(" --size-inverse %g", alpha) else "")
  keep(if (alpha > 0) "lr-cusum-nb" else "lr-cusum-poisson", name, flags, range, mu0, upperbound(r)[, 1], alarms(r)[, 1])
}

# theta absent; R returns cases for the negative binomial by brute force only, so its statistic is kept.
generalised <- function(name, until, limit, alpha, window, ret) {
  range <- (until + 1):n
  mu0 <- rep(mean(series[[name]][1:until]), length(range))
  control <- list(range = range, c.ARL = limit, mu0 = mu0, M = if (window > 0) window else -1, ret = ret)
  if (alpha > 0) control$alpha <- alpha
  r <- if (alpha > 0) glrnb(sts_of(series[[name]]), control) else glrpois(sts_of(series[[name]]), control)
  # R's windowed Poisson chart looks at stretches of Mtilde + 1 periods and more
  least <- if (alpha == 0 && window > 0) 2 else 1
  flags <- sprintf("--baseline-until %d --c-arl %g --window %d --least %d%s", until, limit, window, least, if (alpha > 0) sprintf(" --size-inverse %g", alpha) else "")
  name_of <- if (alpha > 0) "glr-nb" else "glr-poisson"
  keep(if (ret == "value") paste0(name_of, ":value") else name_of, name, flags, range, mu0, upperbound(r)[, 1], alarms(r)[, 1])
}

for (name in names(series)) {
  if (name == "constant") {  # whether R keeps a trend of 1e-17 is an accident of rounding
    flexible(name, 4, 3, 10, 26, 2.58, 1, 0.01, "nbPlugin", "2/3", 0, trend = FALSE)
    original(name, 3, 3, 0.01, "2/3", 0, trend = FALSE)
    ears(name, "C3", 7, 0.025, 0)
    next
  }
  flexible(name, 5, 3, 1, 3, 1, 0.05, 0.05, "delta", "2/3", 0)
  flexible(name, 4, 3, 10, 26, 2.58, 1, 0.01, "nbPlugin", "2/3", 0)
  flexible(name, 4, 3, 10, 26, 2.58, 1, 0.01, "muan", "2/3", 0)
  flexible(name, 3, 2, 6, 26, 1, 0.05, 0.025, "delta", "1/2", 5)
  flexible(name, 2, 4, 8, 2, 2.58, 0.05, 0.01, "nbPlugin", "none", 5)
  flexible(name, 6, 0, 1, 0, 0, 0.2, 0.1, "delta", "none", 2)
  flexible(name, 5, 5, 5, 30, 2, 0.05, 0.005, "muan", "2/3", 5, trend = FALSE)
  flexible(name, 5, 3, 10, 26, 2.58, 0.05, 0.05, "delta", "2/3", 0, reweight = FALSE)
  flexible(name, 1, 3, 4, 20, 2.58, 0.05, 0.05, "nbPlugin", "2/3", 0)
  if (name == "gaps") next
  original(name, 3, 3, 0.01, "2/3", 0)
  original(name, 5, 2, 0.05, "1/2", 5)
  original(name, 7, 1, 0.1, "none", 2)
  original(name, 2, 4, 0.001, "2/3", 0)
  original(name, 4, 3, 0.02, "2/3", 0, trend = FALSE)
  original(name, 4, 3, 0.02, "2/3", 0, reweight = FALSE)
  for (method in c("C1", "C2", "C3")) {
    ears(name, method, 7, if (method == "C3") 0.025 else 0.001, 0)
    ears(name, method, 12, 0.01, 0.5)
  }
  rossi(name, 104, 1.04, 2.26)
  rossi(name, 260, 0.5, 4)
  for (alpha in c(0, 0.1)) {
    likelihood(name, 104, 5, log(1.2), alpha)
    likelihood(name, 260, 3, log(2), alpha)
    generalised(name, 260, 5, alpha, 0, "value")
    generalised(name, 400, 4, alpha, 12, "value")
  }
  if (name != "rare") generalised(name, 400, 5, 0, 0, "cases")
  if (name != "rare") generalised(name, 400, 3, 0, 20, "cases")
}

number <- function(v) ifelse(is.na(v), "NA", sprintf("%.17g", v))
write_lines <- function(table, file) writeLines(c(paste(names(table), collapse = ","), do.call(paste, c(table, sep = ","))), file.path(folder, file))
write_lines(as.data.frame(c(list(t = t), lapply(series, number))), "series.csv")
write_lines(cases, "cases.csv")
write_lines(data.frame(case = bounds$case, index = bounds$index, expected = number(bounds$expected), upperbound = number(bounds$upperbound), alarm = number(bounds$alarm)), "bounds.csv")
writeLines(sprintf("R %s.%s, surveillance %s", R.version$major, R.version$minor, packageVersion("surveillance")), file.path(folder, "VERSIONS"))
