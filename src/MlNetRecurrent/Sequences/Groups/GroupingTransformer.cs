using MlNetRecurrent.Sequences.Engines;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Warnings;

[assembly: LoadableClass(
    typeof(GroupingTransformer), null, typeof(SignatureLoadModel), "Grouping into sequences", GroupingTransformer.LoaderSignature)]

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Makes a row of each group. A mapper of single rows remembers the previous rows.</summary>
internal sealed class GroupingTransformer(IHostEnvironment environment, GroupingSettings settings, List<IRowMemory>? memories = null)
    : SequenceTransformer<GroupingSettings>(settings, Version), IRemembersRows
{
    /// <summary>The transform, as the log shows it.</summary>
    public const string Component = "GroupIntoSequences";

    internal const string LoaderSignature = "MlNetRecurrentGrouping";

    private static VersionInfo Version => LoaderVersion.Of("MLNRGRUP", LoaderSignature);

    public ITransformer RegisterIn(List<IRowMemory> memories) => new GroupingTransformer(environment, Settings, memories);

    protected override DerivedView MakeView(IDataView input)
    {
        bool isSorted = Settings is { OrderColumnName: not null, ChecksOrder: false };
        if (RowOrigin.Find(input, Settings.GroupColumnName, isSorted) is { } cause)
        {
            new WarningLog(environment, Component, Settings.Warnings).Warn(
                RecurrentWarning.RowsNotConsecutive, MessageSensitivity.None,
                $"{cause} before they are grouped, so that sequences lack rows or have them out of order. " +
                "Split and shuffle after GroupIntoSequences, or give the group as samplingKeyColumnName.");
        }
        return new GroupingView(Settings.Bind(input.Schema), input, environment);
    }

    protected override DerivedRowMapper MakeMapper(DataViewSchema inputSchema)
    {
        GroupingSchema schema = Settings.Bind(inputSchema);
        return new(schema, (input, columns) => new GroupingRow(schema, input, columns, memories));
    }

    private static GroupingTransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        new(environment, Load(context, Version));
}
