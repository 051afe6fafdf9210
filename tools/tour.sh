#!/usr/bin/env bash
# A gas explosion, from nine reports to a printed timeline, on a private platform: `make tour`.
# Every step is a command of `liandong`, shown before its answer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/platform.sh

scope=exercise.420981
platform_open build/tour
rm -rf build/tour/redis
trap 'platform_close' EXIT
platform_start "$scope" 1

"$bin_dir/liandong-sim" replay --units-only --target="$platform_grpc" --scope="$scope" 2>/dev/null ||
    fail "the units of the district could not be loaded."

# as WHO@AGENCY ROLES COMMAND…: one command of one person.
as() {
    local who=$1 roles=$2
    shift 2
    printf '\n\033[1m%s$ liandong' "${who%@*}"
    local word
    for word in "$@"; do
        iconv -f utf-8 -t utf-8 <<<"$word" >/dev/null 2>&1 || word='(GBK)'
        [[ $word == *' '* ]] && word="'$word'"
        printf ' %s' "$word"
    done
    printf '\033[0m\n'
    "$bin_dir/liandong" --target="$platform_grpc" --scope="$scope" \
        --as "subject=${who%@*};agency=${who#*@};roles=$roles" "$@"
}
# The id of the transfer or hand-over that was listed first.
first_id() {
    "$bin_dir/liandong" --target="$platform_grpc" --scope="$scope" --json \
        --as "subject=li;agency=gongan;roles=dispatcher" "$@" |
        sed -n 's/^{"id": *"\([^"]*\)".*/\1/p' | head -n 1
}
take() { as li@gongan call_taker "$@"; }
send() { as wang@gongan dispatcher "$@"; }
lead() { as zhang@gongan shift_supervisor "$@"; }
commander() { as zhao@gongan duty_commander "$@"; }

say "who is on duty"
today=$(TZ=Asia/Shanghai date +%Y%m%d)
lead roster put "$today" --shift "shift_supervisor,zhang,-1m,+8h,张三,8110" \
    --shift "duty_commander,zhao,-1m,+8h,赵六,8119"

say "nine reports of one explosion: phones, a text in GBK, a camera, a grid worker; three datums"
take report 饭店后厨爆炸，有火，有人受伤 --channel phone_119 --type explosion --life-threatening \
    --at 30.9300,113.5700,wgs84 --address 古城大道8号 --phone 13800000001
send dispatch 1 xiao-001 jijiu-001 --note 液化气爆炸
take report 古城大道8号楼下饭店炸了，玻璃全碎 --channel phone_110 --at 30.9302,113.5702,wgs84 --phone 13800000002
take report 听到一声巨响，古城大道冒黑烟 --channel phone_110 --at 30.9277,113.5754,gcj02 --phone 13800000003
take report 有人浑身是血跑出来 --channel phone_120 --life-threatening --at 30.9301,113.5699,wgs84 --phone 13800000004
gbk=$(printf '古城大道饭店煤气爆炸' | iconv -f utf-8 -t gbk)
take report "$gbk" --charset gbk --channel text_12110 --at 30.9337,113.5819,bd09 --phone 13800000005
take report 画面有明火 --channel camera --source 42098100001320000001 --at 30.9300,113.5701,wgs84
take report 网格员在现场，后厨两个气瓶还在烧 --channel grid_worker --at 30.9300,113.5700,wgs84 --phone 13800000006
take report 我家在二楼，出不去 --channel phone_119 --life-threatening --at 30.9301,113.5701,wgs84 --phone 13800000007
take report 古城大道108号阳台着火 --channel phone_119 --at 30.9308,113.5711,wgs84 --phone 13800000008

say "what it may be one event with; linked by a person, one link undone"
take duplicates 2
for repeat in 2 3 5 6 7 9; do take link "$repeat" 1 --reason 同一起爆炸; done
take unlink 9 --reason 是108号，另一处
take read 7

say "understood while units roll; raised to level II; reported upwards"
send triage 1 --level incident:2 --hazard gas --hazard collapse --summary 古城大道8号饭店液化气爆炸 --reason 现场报告
send claim 1
commander response 1 2 --reason 伤亡和蔓延危险
take duty-report send 1 --stage first --to 县委总值班室 --to 县应急局 --figure 伤,3,120 --text 古城大道8号液化气爆炸
take duty-report received 1 1 --addressee 县委总值班室 --by 陈
take duty-report list 1

say "transferred to fire: theirs when they accept, not before"
send transfer offer 1 --to xiaofang --desk 119 --reason 火场由消防指挥
transfer=$(first_id transfer list)
as fire@xiaofang gateway transfer delivered "$transfer"
as fire@xiaofang gateway transfer accept "$transfer" --answer 一中队指挥员王

say "a dispute, referred to mediation, its outcome coming back"
take report 两家因为宅基地吵起来了 --channel phone_12345 --type land_dispute --at 30.95,113.60,wgs84
send transfer offer 10 --kind referral --to tiaojie --sharing summary --reason 非警务纠纷
referral=$(first_id transfer list --incident 10)
as tiaojie@tiaojie gateway transfer accept "$referral" --answer 明天上午调解
as tiaojie@tiaojie gateway transfer complete "$referral" 双方签了协议

say "what nobody has taken rings"
sleep 31
lead alarm list

say "the shift is handed over"
send claim 4
send handover give 110-3 --promise '12楼住户：十分钟内回电' --remarks 注意气瓶
as liu@gongan dispatcher handover take 110-3

say "the timeline, for the printer"
lead timeline 1
