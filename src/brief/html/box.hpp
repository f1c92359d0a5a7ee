/// The box in which plots are drawn: whole-number coordinates, shown at half that size or what the page gives.
#pragma once

namespace icosa::brief {

inline constexpr int box_width = 720;
inline constexpr int box_height = 224;
inline constexpr int box_left = 96;
inline constexpr int box_right = 708;
inline constexpr int box_top = 22;
inline constexpr int box_base = 184;

}  // namespace icosa::brief
