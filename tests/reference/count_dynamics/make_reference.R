# Reference numbers for hidden Markov models of counts: the likelihood of R's msm (whose chain runs in continuous time, so that A = exp(Q)), and the
# filter, the smoother, the forecast and one step of expectation and maximisation as sums over every path of states, in plain R.
# Run: Rscript make_reference.R, in this folder. Made with R 4.2.2 (2022-11-10), msm 1.7.
library(msm)
options(digits = 17)
set.seed(20230221)
write <- function(table, file) write.csv(table, file, row.names = FALSE, quote = FALSE, na = "")

q <- rbind(c(-0.15, 0.12, 0.03), c(0.2, -0.35, 0.15), c(0.05, 0.25, -0.3))
a <- unname(MatrixExp(q))
delta <- c(0.6, 0.3, 0.1)
mean <- c(0.4, 6, 70)
size <- c(0.5, 1.2, 2.5)
simulate <- function(n) {
  s <- sample(3, 1, prob = delta)
  y <- numeric(n)
  for (t in seq_len(n)) { y[t] <- rnbinom(1, mu = mean[s], size = size[s]); s <- sample(3, 1, prob = a[s, ]) }
  y
}
# One column a case: msm takes long series, every path of states only short ones; the last has months that were not observed.
series <- list(long_1 = simulate(90), long_2 = simulate(140), short_1 = c(0, 1, 0, 9, 55, 80, 3, 0), short_2 = c(120, 0, 14, NA, 2, 0, 0, 1))
write(do.call(rbind, lapply(names(series), function(name) data.frame(series = name, index = seq_along(series[[name]]), count = series[[name]]))), "series.csv")
write(rbind(data.frame(name = "transition", from = rep(1:3, each = 3), to = rep(1:3, 3), value = as.vector(t(a))), data.frame(name = "initial", from = 1:3, to = NA, value = delta),
  data.frame(name = "mean", from = 1:3, to = NA, value = mean), data.frame(name = "size", from = 1:3, to = NA, value = size)), "model.csv")

of_msm <- function(names) {
  data <- do.call(rbind, lapply(names, function(name) data.frame(subject = name, time = seq_along(series[[name]]), count = series[[name]])))
  fit <- msm(count ~ time, subject = subject, data = data, qmatrix = q, initprobs = delta, fixedpars = TRUE,
    hmodel = lapply(1:3, function(k) do.call(hmmNBinom, list(disp = size[k], prob = size[k] / (size[k] + mean[k])))))
  -0.5 * fit$minus2loglik
}

# Every path: P(path, counts) of a series; what is asked of it is then a sum of some of them.
paths_of <- function(y) {
  paths <- as.matrix(expand.grid(rep(list(1:3), length(y))))
  p <- delta[paths[, 1]]
  for (t in seq_along(y)) {
    if (t > 1) p <- p * a[cbind(paths[, t - 1], paths[, t])]
    if (!is.na(y[t])) p <- p * dnbinom(y[t], mu = mean[paths[, t]], size = size[paths[, t]])
  }
  list(paths = paths, p = p)
}
shares <- function(of, t) sapply(1:3, function(k) sum(of$p[of$paths[, t] == k])) / sum(of$p)

rows <- data.frame(series = c("long_1", "long_2"), what = "log_likelihood", index = NA, state = NA, to = NA, value = c(of_msm("long_1"), of_msm("long_2")))
add <- function(...) rows <<- rbind(rows, data.frame(...))
transitions <- matrix(0, 3, 3); first <- numeric(3); weights <- list()
for (name in c("short_1", "short_2")) {
  y <- series[[name]]
  whole <- paths_of(y)
  add(series = name, what = "log_likelihood", index = NA, state = NA, to = NA, value = log(sum(whole$p)))
  smoothed <- t(sapply(seq_along(y), function(t) shares(whole, t)))
  for (t in seq_along(y)) {
    add(series = name, what = "filtered", index = t, state = 1:3, to = NA, value = shares(paths_of(y[1:t]), t))
    add(series = name, what = "smoothed", index = t, state = 1:3, to = NA, value = smoothed[t, ])
    if (t > 1) for (i in 1:3) for (j in 1:3) transitions[i, j] <- transitions[i, j] + sum(whole$p[whole$paths[, t - 1] == i & whole$paths[, t] == j]) / sum(whole$p)
  }
  for (steps in c(1, 3, 12)) add(series = name, what = "ahead", index = steps, state = 1:3, to = NA, value = as.vector(smoothed[length(y), ] %*% Reduce(`%*%`, rep(list(a), steps))))
  first <- first + smoothed[1, ]
  weights[[name]] <- data.frame(y = y, smoothed)[!is.na(y), ]
}
# One step from this model, both short series together, without pseudo-counts.
all <- do.call(rbind, weights)
for (k in 1:3) {
  w <- all[[k + 1]]
  m <- sum(w * all$y) / sum(w)
  best <- optimize(function(s) sum(w * dnbinom(all$y, mu = m, size = exp(s), log = TRUE)), log(c(0.02, 1e6)), maximum = TRUE, tol = 1e-12)
  add(series = "short", what = "step_initial", index = NA, state = k, to = NA, value = first[k] / 2)
  add(series = "short", what = "step_mean", index = NA, state = k, to = NA, value = m)
  add(series = "short", what = "step_size", index = NA, state = k, to = NA, value = exp(best$maximum))
  add(series = "short", what = "step_transition", index = NA, state = k, to = 1:3, value = transitions[k, ] / sum(transitions[k, ]))
}
write(rows, "results.csv")
