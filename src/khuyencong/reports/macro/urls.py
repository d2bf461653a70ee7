app_name = "macro"
urlpatterns = []
