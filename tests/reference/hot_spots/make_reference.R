# Reference numbers for local statistics: R package spdep's localG and localmoran; tails by deals in plain R.
# Run: Rscript make_reference.R, in this folder. Made with R 4.2.2 and spdep 1.2-7.
suppressMessages(library(spdep))
options(digits = 17)
set.seed(19950401)

radius_km <- 6371.0088
distance_km <- function(lat, lon) {
  r <- pi / 180
  h <- outer(lat, lat, function(a, b) sin((b - a) * r / 2)^2) +
    outer(cos(lat * r), cos(lat * r)) * outer(lon, lon, function(a, b) sin((b - a) * r / 2)^2)
  2 * radius_km * asin(pmin(sqrt(h), 1))
}
as_nb <- function(lists) {
  out <- lapply(lists, function(x) if (length(x) == 0) 0L else as.integer(sort(x)))
  class(out) <- "nb"
  attr(out, "region.id") <- as.character(seq_along(lists))
  out
}
nearest <- function(d, k) as_nb(lapply(seq_len(nrow(d)), function(i) order(replace(d[i, ], i, Inf))[1:k]))
within <- function(d, km) as_nb(lapply(seq_len(nrow(d)), function(i) setdiff(which(d[i, ] <= km), i)))

# The lesser tail of the sum over a place's neighbours, the others dealt without replacement, as the papers have it.
# spdep's own localG_perm and localmoran_perm draw with replacement (sample(..., replace = TRUE)), which widens the
# deals by (n - 2) / (n - 1 - k), and rank the data among them, so that a tie counts as half: no reference for this.
dealt_tail <- function(x, nb, deals) {
  vapply(seq_along(x), function(i) {
    if (card(nb)[i] == 0) return(NA_real_)
    sums <- replicate(deals, sum(sample(x[-i], card(nb)[i])))
    own <- sum(x[nb[[i]]])
    (min(sum(sums >= own - 1e-9), sum(sums <= own + 1e-9)) + 1) / (deals + 1)
  }, 0)
}

made <- function(n) {
  lat <- round(asin(runif(n, -0.9, 0.95)) * 180 / pi, 4)
  lon <- round(runif(n, -180, 180), 4)
  # counts, many of them 0, more of them in the north-east
  value <- rnbinom(n, size = 0.6, mu = ifelse(lat > 10 & lon > 20, 14, 3))
  data.frame(lat, lon, value)
}
cases <- list(
  list(name = "nearest", places = made(150), k = 6, km = 0),
  list(name = "within", places = made(200), k = 0, km = 1100),
  # a low level: localG takes the variance as a difference of squares, which loses digits at a high one
  list(name = "rates", places = transform(made(90), value = round(100 + (value + rgamma(90, 0.7)) / 5, 6)), k = 9, km = 0))

rows <- NULL
for (case in cases) {
  at <- case$places
  d <- distance_km(at$lat, at$lon)
  nb <- if (case$k > 0) nearest(d, case$k) else within(d, case$km)
  lw <- nb2listw(nb, style = "B", zero.policy = TRUE)
  star <- nb2listw(include.self(nb), style = "B", zero.policy = TRUE)
  even <- nb2listw(nb, style = "W", zero.policy = TRUE)
  gi <- localG(at$value, lw, zero.policy = TRUE)
  gi_star <- localG(at$value, star, zero.policy = TRUE)
  moran <- localmoran(at$value, even, zero.policy = TRUE)
  rows <- rbind(rows, data.frame(case = case$name, k = case$k, km = case$km, lat = at$lat, lon = at$lon,
    value = at$value, neighbours = card(nb), gi = as.numeric(gi), gi_star = as.numeric(gi_star),
    moran = moran[, 1], moran_expected = moran[, 2], moran_z = moran[, 4],
    quadrant = as.character(attr(moran, "quadr")$pysal),
    tail = dealt_tail(at$value, nb, 9999)))
}
rows[c("gi", "gi_star", "moran", "moran_expected", "moran_z")][rows$neighbours == 0, ] <- NA
write.csv(rows, "spdep.csv", row.names = FALSE, quote = FALSE, na = "")
