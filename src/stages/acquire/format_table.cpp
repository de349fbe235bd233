#include "stages/acquire/format_table.hpp"

#include "stages/acquire/hdf5_reader.hpp"
#include "stages/acquire/npy_reader.hpp"
#include "stages/acquire/pmatdata_reader.hpp"
#include "stages/acquire/popu_reader.hpp"
#include "stages/acquire/text_reader.hpp"

#include <algorithm>

namespace matfit {

namespace {

constexpr Format formats[] = {
    {"hdf5", "matfit recording (HDF5)",
     "says all by itself: frames, units, times, mat, and where known subject, mattress, labels",
     is_hdf5_recording, read_hdf5_recording},
    {"pmatdata-i", "PmatData experiment I (text)",
     "one frame a line, 2048 whole numbers between tabs: 64 x 32, 1 Hz, raw, head in the first "
     "row, seen from below; pitch not documented, 28.4 x 24.0 mm assumed",
     is_pmatdata_i, read_pmatdata_i, nullptr, true},
    {"pmatdata-ii", "PmatData experiment II (text)",
     "one frame of 64 lines with 27 whole numbers: raw, head in the last row, seen from below; "
     "pitch not documented, 28.4 x 28.4 mm assumed",
     is_pmatdata_ii, read_pmatdata_ii, nullptr, true},
    {"popu", "PoPu (JSON)",
     "tactilus 64 x 27 or sensomatt 12 x 6 snapshots with posture and person: raw, head in the "
     "first row, seen from above; needs --row-pitch-mm and --col-pitch-mm",
     is_popu, read_popu_recording},
    {"npy", "NumPy array (.npy)",
     "[frames, rows, cols], [rows, cols] or [frames, rows x cols], whole or floating-point "
     "numbers; needs --row-pitch-mm and --col-pitch-mm, for the last shape --rows and --cols",
     is_npy, read_npy_recording},
    {"text", "plain text or CSV",
     "one frame a line (rows x cols numbers) or one row a line; space, tab, comma or semicolon; "
     "needs --rows --cols --row-pitch-mm --col-pitch-mm",
     is_plain_text, read_text_recording, nullptr, true},
};

}  // namespace

std::span<const Format> format_table() { return formats; }

const Format* format_named(std::string_view id) {
  const auto* const found = std::find_if(std::begin(formats), std::end(formats),
                                         [id](const Format& format) { return format.id == id; });
  return found == std::end(formats) ? nullptr : found;
}

}  // namespace matfit
