#include "stages/acquire/format_table.hpp"

#include "stages/acquire/boditrak_reader.hpp"
#include "stages/acquire/hdf5_reader.hpp"
#include "stages/acquire/kitronyx_reader.hpp"
#include "stages/acquire/matlab_reader.hpp"
#include "stages/acquire/novel_asc_reader.hpp"
#include "stages/acquire/novel_lst_reader.hpp"
#include "stages/acquire/npy_reader.hpp"
#include "stages/acquire/pmatdata_reader.hpp"
#include "stages/acquire/popu_reader.hpp"
#include "stages/acquire/tactilus_reader.hpp"
#include "stages/acquire/tekscan_reader.hpp"
#include "stages/acquire/text_reader.hpp"
#include "stages/acquire/xsensor_reader.hpp"
#include "stages/acquire/xsensor_wide_reader.hpp"

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
    {"tekscan", "Tekscan ASCII (.asf, .csv)",
     "a movie saved as ASCII: says all by itself; cells written B are absent; Raw Sum is checked",
     is_tekscan, read_tekscan},
    {"xsensor", "XSENSOR text in blocks (.csv)",
     "PRO 7 and later, with or without groups, or one frame of a mattress: says all by itself; of "
     "several sensors --sensor names one; its printed peak is checked",
     is_xsensor, read_xsensor, xsensor_sensors},
    {"xsensor-wide", "XSENSOR text, a frame a line (.csv)",
     "cells in columns S_row_col; needs --row-pitch-mm and --col-pitch-mm; of several sensors "
     "--sensor names one",
     is_xsensor_wide, read_xsensor_wide, xsensor_wide_sensors},
    {"novel-asc", "novel pliance and pedar (.asc)",
     "a line a frame with the pressure of every sensor and the times; mats with their cells' "
     "corners; insoles need --cells, and --sensor left or right",
     is_novel_asc, read_novel_asc, novel_asc_sensors},
    {"novel-lst", "novel emed (.lst)",
     "a page a picture with its rows, columns and forces, which prove the unit; says all by itself",
     is_novel_lst, read_novel_lst, novel_lst_measurements},
    {"tactilus", "Sensor Products Tactilus (text)",
     "FRAME 1(mmHg), a line with date and time, the rows, statistics or none; needs "
     "--row-pitch-mm and --col-pitch-mm where areas and centres of pressure are not printed",
     is_tactilus, read_tactilus},
    {"kitronyx", "Kitronyx (CSV)",
     "matrices under Frame Index and Measurement Time, or a frame a line under R0C0, R0C1, ...: "
     "raw; needs --row-pitch-mm and --col-pitch-mm",
     is_kitronyx, read_kitronyx},
    {"boditrak", "Vista Medical FSA and BodiTrak (text)",
     "matrices under a line such as 27x64 0-200 mmHg: needs --row-pitch-mm, --col-pitch-mm and "
     "--sample-rate-hz; frames without such lines are plain text",
     is_boditrak, read_boditrak},
    {"matlab", "MATLAB (.mat, versions 4 to 7.3)",
     "[rows, cols, frames], [frames, rows, cols], one frame, or a cell array of frames; with time, "
     "fs, pitch_mm and units where so named; --variable where there are several",
     is_matlab, read_matlab},
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
