using System.Globalization;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>The name of a series in warnings: the text of its value, or of the value that its key stands for.</summary>
internal static class SeriesNames
{
    public static Func<object, string> Of(DataViewSchema.Column? column)
    {
        string[]? texts = column is { Type: KeyDataViewType } key ? LabelValues.Read(key)?.Texts : null;
        return value =>
        {
            string name = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            if (texts is null || !ulong.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out ulong place))
                return name;
            return place >= 1 && place <= (ulong)texts.Length ? texts[place - 1] : name;
        };
    }
}
