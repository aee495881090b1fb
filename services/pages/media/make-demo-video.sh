#!/bin/sh
# Makes demo.webm (VP9/Opus), demo.mp4 (H.264/AAC) and poster.jpg: 75 seconds, five chapters, all our own.
# Needs ffmpeg and two fonts at making time: a Latin one (fonts-liberation) and a Chinese one (fonts-wqy-microhei).
set -eu
cd "$(dirname "$0")"

latin=$(fc-match --format '%{file}' 'Liberation Sans:bold')
chinese=$(fc-match --format '%{file}' 'WenQuanYi Micro Hei:lang=zh-cn')
mono=$(fc-match --format '%{file}' 'DejaVu Sans Mono:bold')
text=$(mktemp -d)
trap 'rm -rf "$text"' EXIT

chapter_seconds=15
chapters=5
seconds=$((chapters * chapter_seconds))
accent=0xF2B84B

# chapter <n> <Chinese title> <English title> <Chinese line> <English line>
chapter() {
  printf '%s' "$1 / $chapters" >"$text/$1.number"
  printf '%s' "$2" >"$text/$1.title.zh"
  printf '%s' "$3" >"$text/$1.title.en"
  printf '%s' "$4" >"$text/$1.line.zh"
  printf '%s' "$5" >"$text/$1.line.en"
}
chapter 1 '什么是学时' 'What is a study hour?' '一学时，就是实际学习 60 分钟。' 'One study hour is 60 minutes really studied.'
chapter 2 '实际时长' 'What is counted' '正在播放、页面可见，才计时。' 'Time counts while it plays and you can see it.'
chapter 3 '课件学时' 'The limit of a courseware' '反复观看，也不超过课件学时。' 'Watching again never earns beyond its limit.'
chapter 4 '一次一课' 'One at a time' '同一时间只记录一个课件。' 'Only one courseware is recorded at a time.'
chapter 5 '年度上限' 'The cap of the year' '网络学习之外，还有自学与线下。' 'Beyond online, study by yourself and on site.'

# draw <file> <font> <size> <colour> <x> <y> <from> <to>: text that fades in and out with its chapter
draw() {
  printf "drawtext=textfile='%s':fontfile='%s':fontsize=%s:fontcolor=%s:x=%s:y=%s" "$1" "$2" "$3" "$4" "$5" "$6"
  printf ":alpha='clip(min((t-%s)/0.7,(%s-t)/0.5),0,1)':enable='between(t,%s,%s)'," "$7" "$8" "$7" "$8"
}
titles=''
n=1
while [ "$n" -le "$chapters" ]; do
  from=$(((n - 1) * chapter_seconds))
  to=$((n * chapter_seconds))
  titles="$titles$(draw "$text/$n.number" "$mono" 20 $accent 72 104 $from $to)"
  titles="$titles$(draw "$text/$n.title.zh" "$chinese" 60 white 68 142 $from $to)"
  titles="$titles$(draw "$text/$n.title.en" "$latin" 30 0xC9D6EA 72 226 $from $to)"
  titles="$titles$(draw "$text/$n.line.zh" "$chinese" 26 white 72 318 $((from + 2)) $to)"
  titles="$titles$(draw "$text/$n.line.en" "$latin" 20 0xC9D6EA 72 360 $((from + 3)) $to)"
  n=$((n + 1))
done

# A dial whose hand turns once a minute, a bar that grows, and the time: whoever watches sees time pass.
picture="
gradients=s=960x540:r=20:d=$seconds:c0=0x12233F:c1=0x1F4A6B:x0=0:y0=0:x1=960:y1=540:speed=0.00001[back];
color=c=white:s=240x240:r=20:d=0.05,format=rgba,
  geq=r=255:g=255:b=255:a='if(lt(abs(hypot(X-119.5,Y-119.5)-108),3),190,if(lt(hypot(X-119.5,Y-119.5),5),255,if(between(hypot(X-119.5,Y-119.5),90,99)*lt(abs(mod(atan2(Y-119.5,X-119.5)+7*PI/12,PI/6)-PI/12),0.018),150,0)))',
  loop=-1:1:0,setpts=N/20/TB[dial];
color=c=$accent:s=240x240:r=20:d=0.05,format=rgba,
  geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*lt(abs(X-119.5),2.5)*between(Y,36,132)',
  loop=-1:1:0,setpts=N/20/TB,rotate=a='2*PI*t/60':c=none:ow=240:oh=240[hand];
color=c=$accent:s=960x8:r=20:d=$seconds[bar];
[back][dial]overlay=x=648:y=116:shortest=1[a];
[a][hand]overlay=x=648:y=116[b];
[b][bar]overlay=x='-W+W*t/$seconds':y=532[c];
[c]${titles}drawtext=fontfile='$mono':fontsize=40:fontcolor=white:x=768-tw/2:y=384:text='%{pts\:gmtime\:0\:%M\\\\\:%S}',
format=yuv420p[picture]"

# One soft plucked note a second, climbing a pentatonic scale, over a quiet low chord that changes with the chapter.
root="(110*pow(2,(eq(floor(t/$chapter_seconds),1)*5+eq(floor(t/$chapter_seconds),2)*7+eq(floor(t/$chapter_seconds),3)*3)/12))"
step="(4*pow(2,(eq(mod(floor(t),5),1)*3+eq(mod(floor(t),5),2)*5+eq(mod(floor(t),5),3)*7+eq(mod(floor(t),5),4)*10)/12))"
pluck="0.06*sin(2*PI*$root*$step*mod(t,1))*exp(-4*mod(t,1))*min(mod(t,1)*80,1)"
chord="0.018*(sin(2*PI*$root*t)+sin(2*PI*$root*1.5*t))*min(mod(t,$chapter_seconds)/2,1)*min(($chapter_seconds-mod(t,$chapter_seconds))/2,1)"
sound="aevalsrc=exprs='$pluck+$chord':s=48000:d=$seconds,afade=t=in:d=1,afade=t=out:st=$((seconds - 3)):d=3,asetnsamples=n=960[sound]"

make() {
  ffmpeg -hide_banner -loglevel error -y -filter_complex "$picture;$sound" -map '[picture]' -map '[sound]' \
    -t "$seconds" -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact "$@"
}
make -c:v libx264 -preset slow -crf 27 -profile:v main -c:a aac -b:a 48k -ac 1 -movflags +faststart demo.mp4
make -c:v libvpx-vp9 -crf 38 -b:v 0 -deadline good -cpu-used 3 -row-mt 1 -c:a libopus -b:a 32k -ac 1 demo.webm
ffmpeg -hide_banner -loglevel error -y -ss 6 -i demo.mp4 -frames:v 1 -q:v 4 poster.jpg
ls -l demo.webm demo.mp4 poster.jpg
