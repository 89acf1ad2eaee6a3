package lectern.progress;

import lectern.web.setting.SettingsContract;

/** The settings of this module. */
class ProgressSettingTests extends SettingsContract {

}
