"""The style page: every component in its states, a page for people and for tests."""

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

PARTS = {
    "components": "desk/style.html",
    "desk": "desk/style_desk.html",
    "wizard": "desk/style_wizard.html",
    "lost": "500.html",
}


class SampleForm(forms.Form):
    title = forms.CharField(
        label="标题", max_length=40, help_text="一句话说清拍的是谁。"
    )
    track = forms.ChoiceField(
        label="赛道",
        choices=[("public", "甲赛道"), ("university", "乙赛道")],
        widget=forms.RadioSelect,
    )
    district = forms.ChoiceField(label="区域", choices=[("1", "甲区"), ("2", "乙县")])
    story = forms.CharField(label="故事", max_length=200, widget=forms.Textarea)
    picture = forms.FileField(label="文件", required=False)
    original = forms.BooleanField(label="这是我自己拍的。")


def samples():
    """Invented data for each component."""
    filled = SampleForm({"title": "夜色里的小亭子", "track": "public", "district": "2"})
    filled.is_valid()
    rules = [
        {"state": "passed", "title": "格式 MP4", "text": "H.264 视频 + AAC 声音"},
        {"state": "passed", "title": "时长 2 分 47 秒", "text": "3 分钟以下，算短视频"},
        {"state": "running", "title": "文件完整性", "text": "传完自动核对"},
        {
            "state": "advice",
            "title": "声音偏小",
            "text": "不影响投稿，建议调大一些再传",
        },
        {
            "state": "failed",
            "title": "清晰度不够",
            "text": "这个视频是 1280 × 720，要 1920 × 1080 以上。请导出得大一些再传。",
            "url": "#",
            "link": "换一个文件",
        },
        {"state": "waiting", "title": "版权与肖像授权", "text": "第 4 步确认"},
    ]
    steps = [
        {
            "label": "选单元与赛道",
            "hint": "甲单元 · 甲赛道",
            "state": "done",
            "url": "#",
        },
        {"label": "上传作品", "hint": "正在上传 62%", "state": "now", "url": "#"},
        {
            "label": "讲讲这个故事",
            "hint": "标题、简介、拍摄地",
            "state": "todo",
            "url": "#",
        },
        {"label": "版权与肖像授权", "hint": "三项确认", "state": "todo", "url": ""},
        {"label": "检查并提交", "hint": "", "state": "todo", "url": ""},
    ]
    return {
        "empty_form": SampleForm(auto_id="empty_%s"),
        "filled_form": filled,
        "rules": rules,
        "steps": steps,
        "step_number": 2,
        "step_count": 5,
        "next_label": "讲讲这个故事",
        "page_of_many": Paginator(range(240), 24).get_page(4),
        "saved_at": timezone.localtime(),
        "tones": ["", "he", "zi", "gui", "ri", "hu"],
        "percents": [8, 62, 100],
        "shapes": [(300, 150), (150, 200), (300, 200)],
        "states": [
            ("draft", "草稿"),
            ("submitted", "已收到"),
            ("screening", "初审中"),
            ("returned", "请补正"),
            ("accepted", "已通过"),
            ("rejected", "未受理"),
            ("withdrawn", "已撤回"),
            ("running", "检查中"),
        ],
        "dots": [
            {"state": "held", "label": "第 1 场：已办"},
            {"state": "confirmed", "label": "第 2 场：已确认", "url": "#"},
            {"state": "open", "label": "第 3 场：待定", "url": "#"},
        ],
        "todos": [
            {"icon": "timer", "tone": "ri", "title": "6 件等了两天", "link": "去初审"},
            {
                "icon": "file-warning",
                "tone": "gui",
                "title": "3 件缺授权",
                "link": "查看",
            },
            {
                "icon": "user-search",
                "tone": "zi",
                "title": "2 位还没开始",
                "link": "提醒",
            },
            {"icon": "map-pin", "tone": "he", "title": "第 3 场待定", "link": "排期"},
        ],
    }


def style(request, part="components"):
    """Shown outside production, and to staff; a 404 to everybody else."""
    user = request.user
    if settings.IN_PRODUCTION and not (user.is_authenticated and user.is_staff):
        raise Http404
    if part not in PARTS:
        raise Http404(_("There is no such part."))
    return render(request, PARTS[part], samples())
