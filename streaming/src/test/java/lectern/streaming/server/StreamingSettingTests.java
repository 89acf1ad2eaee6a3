package lectern.streaming.server;

import lectern.web.setting.SettingsContract;

/** The settings of this module. */
class StreamingSettingTests extends SettingsContract {

}
