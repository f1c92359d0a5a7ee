# Reference numbers for the regressions of counts with many zeros: pscl's hurdle and zeroinfl, glm, and optim on log-likelihoods written out here for a
# ridge and for a regression of the dispersion. Run: Rscript make_reference.R, in this folder. Made with R 4.2.2, pscl 1.5.5.
library(pscl)
options(digits = 17)
set.seed(20230221)
n <- 600
x1 <- round(rnorm(n), 4)
x2 <- round(runif(n, -1, 2), 4)
x3 <- as.numeric(runif(n) < 0.3)
w <- round(runif(n, 0.25, 2), 3)
mean_of <- exp(1.2 + 0.7 * x1 - 0.4 * x2 + 0.5 * x3)
size_of <- exp(0.1 + 0.4 * x2)
passes <- runif(n) < plogis(-0.3 + 0.9 * x1 + 0.6 * x3)
y <- ifelse(passes, qnbinom(runif(n, pnbinom(0, mu = mean_of, size = size_of), 1), mu = mean_of, size = size_of), 0)
z <- ifelse(runif(n) < plogis(-0.5 - 0.8 * x1), 0, rnbinom(n, mu = mean_of, size = 1.5))
write.csv(data.frame(hurdle = y, inflated = z, x1, x2, x3, w), "rows.csv", row.names = FALSE, quote = FALSE)

out <- NULL
keep <- function(case, part, values, log_likelihood) {
  out <<- rbind(out, data.frame(case = case, part = part, term = seq_along(values) - 1, value = as.numeric(values)))
  if (!is.null(log_likelihood)) out <<- rbind(out, data.frame(case = case, part = "log_likelihood", term = 0, value = as.numeric(log_likelihood)))
}

maximise <- function(f, start) {
  for (i in 1:20) start <- optim(start, f, method = "BFGS", control = list(fnscale = -1, maxit = 10000, reltol = 1e-16, ndeps = rep(1e-5, length(start))))$par
  start
}
inflated_of <- function(b, weights) {
  mu <- exp(drop(cbind(1, x1, x2, x3) %*% b[1:4])); certain <- plogis(drop(cbind(1, x1) %*% b[5:6]))
  sum(weights * log(certain * (z == 0) + (1 - certain) * dnbinom(z, mu = mu, size = exp(b[7]))))
}
for (weighted in c(FALSE, TRUE)) {
  frame <- data.frame(y, z, x1, x2, x3, weight = if (weighted) w else rep(1, n))
  ending <- if (weighted) "-weighted" else ""
  # BFGS with numerical gradients stops a little early: begin again from where it stopped.
  start <- NULL
  for (i in 1:5) {
    h <- hurdle(y ~ x1 + x2 + x3 | x1 + x3, data = frame, weights = weight, dist = "negbin", control = hurdle.control(method = "BFGS", maxit = 100000, reltol = 1e-16, start = start))
    start <- list(count = h$coefficients$count, zero = h$coefficients$zero, theta = h$theta)
  }
  keep(paste0("hurdle", ending), "mean", h$coefficients$count, NULL)
  keep(paste0("hurdle", ending), "zero", h$coefficients$zero, NULL)
  keep(paste0("hurdle", ending), "size", log(h$theta), h$loglik)
  start <- NULL
  for (i in 1:5) {
    v <- zeroinfl(z ~ x1 + x2 + x3 | x1, data = frame, weights = weight, dist = "negbin", control = zeroinfl.control(method = "BFGS", maxit = 100000, reltol = 1e-16, start = start))
    start <- list(count = v$coefficients$count, zero = v$coefficients$zero, theta = v$theta)
  }
  if (weighted) {
    # pscl 1.5.5 leaves the weights out of its gradient by theta (zeroinfl's gradNegBin), so that it stops short; its log-likelihood has them.
    best <- maximise(function(b) inflated_of(b, w), c(v$coefficients$count, v$coefficients$zero, log(v$theta)))
    v <- list(coefficients = list(count = best[1:4], zero = best[5:6]), theta = exp(best[7]), loglik = inflated_of(best, w))
  } else stopifnot(abs(inflated_of(c(v$coefficients$count, v$coefficients$zero, log(v$theta)), rep(1, n)) - v$loglik) < 1e-8)
  keep(paste0("inflated", ending), "mean", v$coefficients$count, NULL)
  keep(paste0("inflated", ending), "zero", v$coefficients$zero, NULL)
  keep(paste0("inflated", ending), "size", log(v$theta), v$loglik)
}

g <- glm((y > 0) ~ x1 + x2 + x3, family = quasibinomial(), weights = w, control = list(epsilon = 1e-14))
p <- fitted(g)
keep("logistic", "zero", coef(g), sum(w * ifelse(y > 0, log(p), log(1 - p))))

X <- cbind(1, x1, x2, x3)
ridge <- maximise(function(b) { e <- drop(X %*% b); sum(ifelse(y > 0, plogis(e, log.p = TRUE), plogis(-e, log.p = TRUE))) - 25 / 2 * sum(b[-1]^2) }, rep(0, 4))
e <- drop(X %*% ridge)
keep("logistic-ridge", "zero", ridge, sum(ifelse(y > 0, plogis(e, log.p = TRUE), plogis(-e, log.p = TRUE))))

V <- cbind(1, x2)
above <- y > 0
log_of <- function(b) {
  mu <- exp(drop(X[above, ] %*% b[1:4])); theta <- exp(drop(V[above, ] %*% b[5:6]))
  sum(dnbinom(y[above], mu = mu, size = theta, log = TRUE) - pnbinom(0, mu = mu, size = theta, lower.tail = FALSE, log.p = TRUE))
}
size <- maximise(log_of, c(h$coefficients$count, log(h$theta), 0))
keep("hurdle-size", "mean", size[1:4], NULL); keep("hurdle-size", "size", size[5:6], NULL)
keep("hurdle-size-positive", "none", 0, log_of(size))
write.csv(out, "fits.csv", row.names = FALSE, quote = FALSE)

write.csv(data.frame(x = c(1e-3, 0.1, 0.5, 1, 1.5, 3, 9.99, 25, 1e4), digamma = digamma(c(1e-3, 0.1, 0.5, 1, 1.5, 3, 9.99, 25, 1e4)), trigamma = trigamma(c(1e-3, 0.1, 0.5, 1, 1.5, 3, 9.99, 25, 1e4))), "gammas.csv", row.names = FALSE, quote = FALSE)
