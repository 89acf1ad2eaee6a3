package lectern.web;

import lectern.web.setting.SettingsContract;

/** The settings of this module. */
class WebSettingTests extends SettingsContract {

}
