/** Where requests go when the settings name no other endpoint. */
export const anthropicUrl = 'https://api.anthropic.com';
