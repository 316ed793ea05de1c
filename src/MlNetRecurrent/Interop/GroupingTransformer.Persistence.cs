using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Sequences.Groups;

[assembly: LoadableClass(typeof(GroupingTransformer), null, typeof(SignatureLoadModel), "Grouping into sequences", GroupingTransformer.LoaderSignature)]

namespace MlNetRecurrent.Sequences.Groups;

/// <content>How ML.NET saves the transform and finds the way back to it.</content>
internal sealed partial class GroupingTransformer
{
    internal const string LoaderSignature = "MlNetRecurrentGrouping";

    private static GroupingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(Version());
        GroupingSettings settings = TransformFile.Read<GroupingSettings>(context.Reader);
        settings.Validate();
        return new(settings);
    }

    void ICanSaveModel.Save(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(Version());
        TransformFile.Write(context.Writer, settings);
    }

    private static VersionInfo Version() => new(
        modelSignature: "MLNRGRUP",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(GroupingTransformer).Assembly.GetName().Name!);
}
