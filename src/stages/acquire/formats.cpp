#include "stages/acquire/formats.hpp"

#include "h5/error.hpp"
#include "h5/file.hpp"
#include "stages/acquire/line_reader.hpp"
#include "stages/acquire/number_line.hpp"
#include "stages/acquire/pmatdata_reader.hpp"
#include "types/error.hpp"

#include <fstream>
#include <optional>

namespace matfit {

namespace {

constexpr std::size_t sniffed_bytes = std::size_t{16} * 1024;

std::string first_bytes(const std::filesystem::path& path, std::size_t count) {
  const std::string file = path.string();
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    throw InputError({file, "", "", "an existing file", "check the path"});
  }
  if (!std::filesystem::is_regular_file(status)) {
    throw InputError({file, "", "", "a file with frames, not a folder or device",
                      "give one recording, or a folder to a command that takes folders"});
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError({file, "", "", "a readable file", "check its rights"});
  std::string bytes(count, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (bytes.empty()) {
    throw InputError({file, "", "", "frames, but the file is empty", "export the recording again"});
  }
  return bytes;
}

Sniffed sniff_hdf5(const std::filesystem::path& path) {
  try {
    const auto format = h5::File::open(path).text_attribute("/", "format");
    if (format == "matfit-recording") return {"hdf5", "", false};
    return {"",
            "an HDF5 file, but not a matfit recording (attribute format of / is '" +
                format.value_or("") + "', not 'matfit-recording')",
            false};
  } catch (const h5::Error&) {
    return {"hdf5", "", false};  // damaged: the reader says how
  }
}

Sniffed sniff_json(const std::string& head) {
  for (const char* sheet : {"\"tactilus_rows\"", "\"sensomatt_rows\""}) {
    if (head.find(sheet) != std::string::npos) return {"popu", "", false};
  }
  return {"", "JSON, but not of a known data set", false};
}

bool has_content(std::string_view line) {
  return line.find_first_not_of(" \t") != std::string_view::npos && !line.starts_with('#');
}

// The first line tells; what is wrong in a later one is for the reader to name.
Sniffed sniff_text(const std::filesystem::path& path) {
  LineReader lines(path, sniffed_bytes);
  std::optional<std::string_view> line = lines.next();
  while (line && !has_content(*line)) line = lines.next();
  if (!line) return {"", "the text holds no numbers", true};
  if (!only_numbers(*line)) {
    return {"", "line " + std::to_string(lines.number()) + " is not numbers only", true};
  }
  const bool plain = line->find_first_not_of("0123456789 \t") == std::string_view::npos;
  const std::size_t count = plain ? count_numbers(*line, {}) : 0;
  if (count == std::size_t{pmatdata_i_rows} * pmatdata_i_cols) return {"pmatdata-i", "", true};
  if (count != pmatdata_ii_cols) return {"text", "", true};
  int rows = 1;
  while (rows <= pmatdata_ii_rows && (line = lines.next())) rows += has_content(*line) ? 1 : 0;
  return {rows == pmatdata_ii_rows ? "pmatdata-ii" : "text", "", true};
}

}  // namespace

std::vector<FormatDescription> known_formats() {
  return {
      {"hdf5", "matfit recording (HDF5)",
       "says all by itself: frames, units, times, mat, and where known subject, mattress, labels"},
      {"pmatdata-i", "PmatData experiment I (text)",
       "one frame a line, 2048 whole numbers between tabs: 64 x 32, 1 Hz, raw, head in the first "
       "row, seen from below; pitch not documented, 28.4 x 24.0 mm assumed"},
      {"pmatdata-ii", "PmatData experiment II (text)",
       "one frame of 64 lines with 27 whole numbers: raw, head in the last row, seen from below; "
       "pitch not documented, 28.4 x 28.4 mm assumed"},
      {"popu", "PoPu (JSON)",
       "tactilus 64 x 27 or sensomatt 12 x 6 snapshots with posture and person: raw, head in the "
       "first row, seen from above; needs --row-pitch-mm and --col-pitch-mm"},
      {"text", "plain text or CSV",
       "one frame a line (rows x cols numbers) or one row a line; space, tab, comma or semicolon; "
       "needs --rows --cols --row-pitch-mm --col-pitch-mm"},
      {"npy", "NumPy array (.npy)",
       "[frames, rows, cols], [rows, cols] or [frames, rows x cols], whole or floating-point "
       "numbers; needs --row-pitch-mm and --col-pitch-mm, for the last shape --rows and --cols"},
  };
}

Sniffed sniff_format(const std::filesystem::path& path) {
  const std::string head = first_bytes(path, sniffed_bytes);
  if (h5::is_hdf5(path)) return sniff_hdf5(path);
  if (head.starts_with("\x93NUMPY")) return {"npy", "", false};
  if (head.starts_with("XSENSORTECHCORP")) {
    return {"", "XSENSOR's closed .xsn format: export it as text from the vendor's software",
            false};
  }
  const std::size_t begin = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (begin != std::string::npos && (head[begin] == '{' || head[begin] == '[')) {
    return sniff_json(head);
  }
  return sniff_text(path);
}

}  // namespace matfit
