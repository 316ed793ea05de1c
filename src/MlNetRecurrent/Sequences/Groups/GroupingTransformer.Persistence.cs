using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Interop;
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
        GroupingSettings settings = TransformFile.Read<GroupingSettings>(context.Reader, FileBudget.Of(context));
        settings.Validate();
        return new(environment, settings);
    }

    void ICanSaveModel.Save(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(Version());
        TransformFile.Write(context.Writer, settings);
    }

    private static VersionInfo Version() => LoaderVersion.Of("MLNRGRUP", LoaderSignature);
}
