// How fast the readers are and how much memory they need:
//   bench_acquire [FILE [SENSOR]]
// Without a file one of each text format is made, of about 64 MB; megabytes are of the file.

#include "stages/acquire/read_recording.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t made_bytes = std::size_t{64} << 20;
constexpr int rows = 48;
constexpr int cols = 118;

double megabytes_resident() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

// The same every time: mostly unloaded, with a slowly moving hump.
int reading(std::size_t frame, int row, int col) {
  const int along = (row * 7 + static_cast<int>(frame)) % rows - rows / 2;
  const int value = 90 - along * along - (col - cols / 2) * (col - cols / 2) / 9;
  return value > 0 ? value : 0;
}

std::string clock_of(std::size_t frame) {
  char text[32];
  const auto seconds = static_cast<unsigned>(frame / 10);
  std::snprintf(text, sizeof text, "%02u:%02u:%02u.%u", seconds / 3600 % 24, seconds / 60 % 60,
                seconds % 60, static_cast<unsigned>(frame % 10));
  return text;
}

std::string cells(std::size_t frame, const char* format) {
  std::string text;
  char cell[32];
  for (int row = 0; row < rows; ++row) {
    for (int col = 0; col < cols; ++col) {
      std::snprintf(cell, sizeof cell, format,
                    static_cast<double>(reading(frame, row, col)) * 1.37);
      text += col == 0 ? "" : ",";
      text += cell;
    }
    text += '\n';
  }
  return text;
}

fs::path make(const fs::path& path, const std::string& head,
              const std::function<std::string(std::size_t)>& frame) {
  std::ofstream out(path, std::ios::binary);
  out << head;
  for (std::size_t i = 0; static_cast<std::size_t>(out.tellp()) < made_bytes; ++i) out << frame(i);
  return path;
}

fs::path make_tekscan(const fs::path& folder) {
  const std::string head =
      "DATA_TYPE MOVIE\nROWS 48\nCOLS 118\nROW_SPACING 10 mm\n"
      "COL_SPACING 10 mm\nSECONDS_PER_FRAME 0.1\nUNITS mmHg\nASCII_DATA @@\n";
  const fs::path path = make(folder / "tekscan.csv", head, [](std::size_t i) {
    return "\nFrame " + std::to_string(i + 1) + "\n" + cells(i, "%.0f");
  });
  std::ofstream(path, std::ios::app) << "@@\n";
  return path;
}

fs::path make_xsensor(const fs::path& folder) {
  return make(folder / "xsensor.csv", "Units:,mmHg\n", [](std::size_t i) {
    return "FRAME," + std::to_string(i + 1) + "\nTime," + clock_of(i) +
           "\nSENSOR,PX100\nRows,48\nColumns,118\nSensel Width (cm),1.27\n"
           "Sensel Height (cm),1.27\nSENSELS\n" +
           cells(i, "%.2f");
  });
}

fs::path make_wide(const fs::path& folder) {
  std::string head = "Frame,Time,Units,Sensor";
  for (int row = 1; row <= rows; ++row) {
    for (int col = 1; col <= cols; ++col) {
      head += ",S_" + std::to_string(row) + "_" + std::to_string(col);
    }
  }
  return make(folder / "wide.csv", head + "\n", [](std::size_t i) {
    std::string line = cells(i, "%.2f");
    for (char& c : line) c = c == '\n' ? ',' : c;
    line.back() = '\n';
    return std::to_string(i + 1) + "," + clock_of(i) + ",mmHg,PX100," + line;
  });
}

fs::path make_plain(const fs::path& folder) {
  return make(folder / "plain.csv", "", [](std::size_t i) { return cells(i, "%.0f"); });
}

void measure(const fs::path& path, const matfit::ReadOptions& options) {
  const auto start = Clock::now();
  const matfit::Recording recording = matfit::read_recording(path, options);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const double megabytes = static_cast<double>(fs::file_size(path)) / 1e6;
  std::printf("%-14s %8.1f MB %6zu frames of %3d x %3d %7.2f s %8.1f MB/s, peak memory %6.1f MB\n",
              recording.format.c_str(), megabytes, recording.size(), recording.mat.geometry.rows,
              recording.mat.geometry.cols, seconds, megabytes / seconds, megabytes_resident());
}

}  // namespace

int main(int argc, char** argv) {
  matfit::ReadOptions options;
  options.row_pitch_m = options.col_pitch_m = 0.0127;
  try {
    if (argc > 1) {
      if (argc > 2) options.sensor = argv[2];
      measure(argv[1], options);
      return 0;
    }
    const matfit::test::TemporaryFolder folder;
    measure(make_tekscan(folder.path()), options);
    measure(make_xsensor(folder.path()), options);
    measure(make_wide(folder.path()), options);
    options.rows = rows;
    options.cols = cols;
    measure(make_plain(folder.path()), options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
