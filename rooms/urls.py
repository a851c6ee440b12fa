"""Addresses of what happens live: the door, the room, what comes after; and the socket."""

from django.urls import path

from rooms.consumers import RoomConsumer
from rooms.following import FollowConsumer
from rooms.views import (
    after,
    check,
    comparing,
    door,
    files,
    following,
    forking,
    inviting,
    later,
    mine,
    names,
    opening,
    papers,
    past,
    sharing,
    table,
    washing,
)

app_name = "rooms"

urlpatterns = [
    path("join/", door.find_room, name="find"),
    path("join/<str:code>/", door.join_room, name="join"),
    path("seat/<str:code>/<str:pid>/<str:ticket>/", door.come_back, name="come_back"),
    path("sign-in/", door.sign_in, name="sign_in"),
    path("sign-in/<str:secret>/", door.sign_in_by_link, name="sign_in_by_link"),
    path("sign-out/", door.sign_out, name="sign_out"),
    path("rooms/", opening.list_rooms, name="list"),
    path("rooms/compare/", comparing.compare_rooms, name="compare"),
    path("rooms/bring-in/", files.bring_in, name="bring_in"),
    path("rooms/new/<slug:slug>/", opening.open_room, name="new"),
    path("rooms/<str:code>/chair/", opening.take_chair, name="chair"),
    path("rooms/<str:code>/chair/debrief/", after.open_debrief, name="chair_debrief"),
    path("rooms/<str:code>/moment/<int:at>/", past.open_moment, name="moment"),
    path("rooms/<str:code>/<str:pid>/", table.show_room, name="room"),
    path("rooms/<str:code>/<str:pid>/act/", table.act_by_form, name="act"),
    path("rooms/<str:code>/<str:pid>/earlier/", table.show_earlier, name="earlier"),
    path("rooms/<str:code>/<str:pid>/panel/<str:name>/", later.send_panel, name="panel"),
    path("rooms/<str:code>/<str:pid>/check/", check.check_yourself, name="check"),
    path("rooms/<str:code>/<str:pid>/pack/<str:delegation>/", table.show_pack, name="pack"),
    path("rooms/<str:code>/<str:pid>/paper/<str:paper>/", papers.show_paper, name="paper"),
    path("rooms/<str:code>/<str:pid>/paper/<str:paper>.<str:form>", papers.download_paper, name="paper_file"),
    path("rooms/<str:code>/<str:pid>/projector/", opening.open_projector, name="projector"),
    path("rooms/<str:code>/<str:pid>/invite/", inviting.invite_again, name="invite_again"),
    path("rooms/<str:code>/<str:pid>/mine/", mine.show_own_page, name="mine"),
    path("rooms/<str:code>/<str:pid>/names/", names.keep_names, name="names"),
    path("rooms/<str:code>/<str:pid>/debrief/", after.show_debrief, name="debrief"),
    path("rooms/<str:code>/<str:pid>/debrief.<str:form>", files.export_debrief, name="export"),
    path("rooms/<str:code>/<str:pid>/share/", sharing.share_part, name="share"),
    path("rooms/<str:code>/<str:pid>/show/", following.shared_replay, name="shared_replay"),
    path("rooms/<str:code>/<str:pid>/moment/<int:at>/", washing.see_moment, name="see_moment"),
    path("rooms/<str:code>/<str:pid>/find/", past.find_words, name="find_words"),
    path("rooms/<str:code>/<str:pid>/fork/", forking.fork_room, name="fork"),
    path("rooms/<str:code>/<str:pid>/fork/<str:fork>/", forking.enter_fork, name="enter_fork"),
    path("rooms/<str:code>/<str:pid>/at/", past.find_moment, name="find_moment"),
    path("rooms/<str:code>/<str:pid>/at/tape/", past.send_tape, name="tape"),
    path("rooms/<str:code>/<str:pid>/at/<int:cursor>/", past.show_replay, name="replay"),
    path("rooms/<str:code>/<str:pid>/at/<int:cursor>/panels/", past.send_panels, name="past_panels"),
    path("rooms/<str:code>/<str:pid>/at/<int:cursor>/paper/<str:paper>/", papers.leave_past, name="leave_past_paper"),
    path("rooms/<str:code>/<str:pid>/at/<int:cursor>/paper/<str:paper>.<str:form>", papers.leave_past),
    path("rooms/<str:code>/<str:pid>/at/<int:cursor>/fork/<str:fork>/", forking.leave_past),
    path("rooms/<str:code>/<str:pid>/at/<int:cursor>/moment/<int:at>/", washing.see_moment),
    path("rooms/<str:code>/<str:pid>/at/<int:cursor>/<str:page>/", past.leave_past, name="leave_past"),
]

websocket_urlpatterns = [
    path("ws/rooms/<str:code>/<str:pid>/", RoomConsumer.as_asgi()),  # type: ignore[arg-type]  # Channels routes ASGI
    path("ws/rooms/<str:code>/<str:pid>/follow/", FollowConsumer.as_asgi()),  # type: ignore[arg-type]  # as above
]
