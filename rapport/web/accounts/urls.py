"""Addresses of signing in and of members.

Of allauth's pages only those that need no mail: no sign-up, no change of address, no reset by mail.
"""

from allauth.account import views as account
from django.urls import include, path

from rapport.web.accounts import joining, members, sign_in

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-in/<str:token>", sign_in.link, name="sign_in_link"),
    path("admission/<str:token>", joining.admission, name="admission"),
    path("new-password/<str:token>", joining.new_password, name="new_password"),
    path("members", members.members, name="members"),
    path("admissions", members.admissions, name="admissions"),
    path("members/<int:member>/password-links", members.password_links, name="password_links"),
    path("members/<int:member>/administration", members.administration, name="administration"),
    path("members/<int:member>/administration/undo", members.administration_undo, name="administration-undo"),
    path("account/login", account.login, name="account_login"),
    path("account/logout", account.logout, name="account_logout"),
    path("account/inactive", account.account_inactive, name="account_inactive"),
    path("account/reauthentication", account.reauthenticate, name="account_reauthenticate"),
    path("account/password", account.password_change, name="account_change_password"),
    path("account/second-step/", include("allauth.mfa.urls")),
]
