package lectern.gateway;

import lectern.web.setting.SettingsContract;

/** The settings of this module. */
class GatewaySettingTests extends SettingsContract {

}
