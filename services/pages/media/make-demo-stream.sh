#!/bin/sh
# Makes stream/ from demo.webm: HLS in fragmented MP4, in two renditions that are cut at the same moments, so that a
# player may change between them. VP9 and Opus, which browsers without H.264 play over Media Source Extensions too.
# Needs ffmpeg at making time.
set -eu
cd "$(dirname "$0")"

# Every 128th picture of demo.webm begins anew (6.4 seconds): there it can be cut as it is.
make() {
  rendition=$1
  shift
  mkdir -p "stream/$rendition"
  ffmpeg -hide_banner -loglevel error -y -i demo.webm "$@" -map_metadata -1 -fflags +bitexact -f hls -hls_time 6 \
    -hls_playlist_type vod -hls_segment_type fmp4 -hls_fmp4_init_filename init.mp4 \
    -hls_segment_filename "stream/$rendition/%02d.m4s" "stream/$rendition/index.m3u8"
}
rm -rf stream
make high -c copy
make low -vf scale=480:270 -c:v libvpx-vp9 -crf 44 -b:v 0 -g 128 -keyint_min 128 -deadline good -cpu-used 3 -row-mt 1 \
  -c:a libopus -b:a 16k -ac 1 -flags:v +bitexact -flags:a +bitexact

# The low one first: players begin with it, and rise.
cat >stream/main.m3u8 <<'PLAYLIST'
#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=60000,AVERAGE-BANDWIDTH=39000,RESOLUTION=480x270,FRAME-RATE=20,CODECS="vp09.00.21.08,opus"
low/index.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=140000,AVERAGE-BANDWIDTH=100000,RESOLUTION=960x540,FRAME-RATE=20,CODECS="vp09.00.30.08,opus"
high/index.m3u8
PLAYLIST
du -sb stream/low stream/high
