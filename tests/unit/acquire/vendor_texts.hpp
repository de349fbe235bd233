#pragma once

#include <string>
#include <vector>

// Small files as the vendors' software writes them, for tests that vary one thing at a time.
namespace matfit::test {

struct TekscanText {
  std::string units = "raw";
  std::string spacing = "1.27 cm";
  std::string extra;  // lines of the header
  std::string end_frame = "2";
  std::string frame_1 = "Frame 1, 0,, 12/2/2019 6:21:52.34PM,,,Raw Sum=,,6";
  std::string frame_2 = "Frame 2, 0.1,, 12/2/2019 6:21:52.44PM,,,Raw Sum=,,21";
  std::string cells_1 = "B,1,2\n3,0,B\n";
  std::string cells_2 = "B,10,2\n3,6,B\n";
  std::string end = "@@\n";

  std::string text() const {
    return "DATA_TYPE MOVIE\nVERSION Tekscan Pressure Measurement System 6.33\nSENSOR_TYPE 5330\n"
           "ROWS 2\nCOLS 3\nROW_SPACING " +
           spacing + "\nCOL_SPACING 0.5 inch\nNOISE_THRESHOLD 3\nSECONDS_PER_FRAME 0.1\n" + extra +
           "COMMENTS:\nROWS 99 of a comment\nSTART_FRAME 1\nEND_FRAME " + end_frame + "\nUNITS " +
           units + "\nMIRROR_ROW 0\nMIRROR_COL 0\nASCII_DATA @@\n\n" + frame_1 + "\n" + cells_1 +
           "\n" + frame_2 + "\n" + cells_2 + end;
  }
};

// One frame of a sensor in XSENSOR's blocks; `colon` writes PRO 7's Key:,"value".
struct XsensorSensorText {
  std::string name = "LF S1";
  std::string figures = "Average Pressure (mmHg),20\nPeak Pressure (mmHg),40.5\n";
  std::string cells = "0,0,10\n20,9.5,40.5\n";
  std::string rows = "2", cols = "3";
};

inline std::string xsensor_text(
    const std::vector<XsensorSensorText>& sensors, const std::string& time = "08:21:17.982",
    const std::string& frame = "1",
    const std::string& head = "File:,\"C:\\a.XSN\"\nUnits:,mmHg\nThreshold:,5\n") {
  std::string text = head + "FRAME," + frame + "\nDate, 2022 Aug 16\nTime, " + time + "\n";
  for (const XsensorSensorText& sensor : sensors) {
    text += "SENSOR," + sensor.name + "\nRows," + sensor.rows + "\nColumns," + sensor.cols +
            "\nSensel Width (cm),1.27\nSensel Height (inch),1\n" + sensor.figures + "SENSELS\n" +
            sensor.cells;
  }
  return text;
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// As a spreadsheet writes it again: a mark at the beginning, blank lines, cells up to one length.
inline std::string through_a_spreadsheet(const std::string& text) {
  std::string out = "\xef\xbb\xbf";
  for (const char c : text) out += c == '\n' ? ",,,,\r\n,,,,\r\n" : std::string(1, c);
  return out;
}

}  // namespace matfit::test
