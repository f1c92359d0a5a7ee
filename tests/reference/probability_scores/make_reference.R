# Average precision and recalibration of probabilities, in plain R and by R's glm, for methods/score_test.cpp and methods/recalibration_test.cpp.
# Run: Rscript make_reference.R, in this folder. Made with R 4.2.2 (2022-11-10).
options(digits = 17)
set.seed(20130923)

# Precision at each threshold that occurs, weighted by the recall it adds: written from the definition, threshold by threshold.
average_precision <- function(p, y) {
  area <- 0
  found <- 0
  for (threshold in sort(unique(p), decreasing = TRUE)) {
    said <- p >= threshold
    recall <- sum(y[said]) / sum(y)
    area <- area + (recall - found) * mean(y[said])
    found <- recall
  }
  area
}

# glm has no pull towards (0, 1): optim on the penalised likelihood, to full precision by Newton steps in logistic regression with an offset.
recalibrate <- function(p, y, cluster, pull) {
  x <- qlogis(p)
  X <- cbind(1, x)
  if (pull == 0) {
    beta <- unname(coef(glm(y ~ x, family = binomial, control = glm.control(epsilon = 1e-15, maxit = 100))))
  } else {
    value <- function(beta) -sum(dbinom(y, 1, plogis(beta[1] + beta[2] * x), log = TRUE)) + pull / 2 * (beta[1]^2 + (beta[2] - 1)^2)
    slope <- function(beta) -as.vector(t(X) %*% (y - plogis(beta[1] + beta[2] * x))) + pull * c(beta[1], beta[2] - 1)
    beta <- optim(c(0, 1), value, slope, method = "BFGS", control = list(reltol = 1e-16, maxit = 1000))$par
    for (i in 1:5) {
      q <- plogis(as.vector(X %*% beta))
      beta <- beta - as.vector(solve(t(X) %*% (X * (q * (1 - q))) + diag(pull, 2), slope(beta)))
    }
  }
  q <- plogis(as.vector(X %*% beta))
  bread <- solve(t(X) %*% (X * (q * (1 - q))) + diag(pull, 2))
  scores <- rowsum(X * (y - q), cluster)
  covariance <- bread %*% t(scores) %*% scores %*% bread
  c(beta, covariance[1, 1], covariance[1, 2], covariance[2, 2])
}

cells <- NULL
results <- NULL
for (case in c("smooth", "tied", "rare", "overconfident")) {
  n <- 240
  cluster <- rep(1:(n / 6), each = 6)
  x <- rnorm(n / 6, if (case == "rare") -3 else -0.5)[cluster] + rnorm(n, 0, 0.7)
  y <- rbinom(n, 1, plogis(x))
  p <- plogis(if (case == "overconfident") 2.5 * x + 0.4 else x + rnorm(n, 0, 0.3))
  if (case == "tied") p <- pmax(0.05, round(p, 1) * 0.9)
  p <- round(p, 6)
  p <- pmin(pmax(p, 0.001), 0.999)
  cells <- rbind(cells, data.frame(case, p, y, cluster))
  for (pull in c(0, 1, 100)) {
    fit <- recalibrate(p, y, cluster, pull)
    results <- rbind(results, data.frame(case, average_precision = average_precision(p, y), pull, shift = fit[1], slope = fit[2], variance_shift = fit[3], covariance = fit[4], variance_slope = fit[5]))
  }
}
write.csv(cells, "cells.csv", row.names = FALSE, quote = FALSE)
write.csv(results, "results.csv", row.names = FALSE, quote = FALSE)
